import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

// Two likenesses, in Base64.
const hashes = ['1QcSHQRnh493V4dIh4eXh1h4kJUI', '3PcNNYSFeXh/d3eld0iHZoZgVwh2'];

describe('placeholders', () => {
  let want: typeof import('./placeholder').wantPlaceholder;
  let pauses: ((deadline: { timeRemaining: () => number }) => void)[];
  const rest = (ms: number) => pauses.shift()!({ timeRemaining: () => ms });

  beforeEach(async () => {
    pauses = [];
    vi.stubGlobal('requestIdleCallback', (run: (typeof pauses)[number]) => pauses.push(run));
    vi.resetModules();
    ({ wantPlaceholder: want } = await import('./placeholder'));
  });

  afterEach(() => vi.unstubAllGlobals());

  test('are made in pauses, the newest first, as many as fit', () => {
    const seen: string[] = [];
    want(hashes[0]!, (url) => seen.push(`first ${url.slice(0, 15)}`));
    want(hashes[1]!, (url) => seen.push(`second ${url.slice(0, 15)}`));
    expect(seen).toEqual([]);
    expect(pauses).toHaveLength(1);
    rest(1);
    expect(seen).toEqual(['second data:image/png;']);
    rest(10);
    expect(seen).toEqual(['second data:image/png;', 'first data:image/png;']);
    expect(pauses).toHaveLength(0);
  });

  test('are not made for thumbnails that came meanwhile', () => {
    const take = vi.fn();
    want(hashes[0]!, take)();
    rest(10);
    expect(take).not.toHaveBeenCalled();
    want(hashes[0]!, take);
    expect(take, 'it was not made').not.toHaveBeenCalled();
  });

  test('that were made are there at once', () => {
    want(hashes[0]!, () => undefined);
    rest(10);
    const take = vi.fn();
    want(hashes[0]!, take);
    expect(take).toHaveBeenCalledOnce();
  });

  test('of what is no hash are none', () => {
    const take = vi.fn();
    want('%%%', take);
    rest(10);
    expect(take).toHaveBeenCalledWith('');
  });
});

import { expect, test } from 'vitest';
import { refresher } from './refresh';

function world(answer = true) {
  let last = 0;
  let tail: Promise<unknown> = Promise.resolve();
  const seen = { posts: 0, clock: 100 };
  return {
    seen,
    async post() {
      seen.posts++;
      await Promise.resolve();
      seen.clock += 10;
      return answer;
    },
    exclusively<T>(run: () => Promise<T>): Promise<T> {
      const turn = tail.then(run);
      tail = turn.catch(() => undefined);
      return turn;
    },
    now: () => seen.clock,
    lastRefreshedAt: () => last,
    noteRefreshedAt: (at: number) => void (last = at),
  };
}

test('concurrent calls of one tab share one refresh', async () => {
  const shared = world();
  const refresh = refresher(shared);
  expect(await Promise.all([refresh(50), refresh(60), refresh(70)])).toEqual([true, true, true]);
  expect(shared.seen.posts).toBe(1);
});

test('a second tab that waited for the lock does not send the used token again', async () => {
  const shared = world();
  const [oneTab, otherTab] = [refresher(shared), refresher(shared)];
  expect(await Promise.all([oneTab(50), otherTab(55)])).toEqual([true, true]);
  expect(shared.seen.posts).toBe(1);
});

test('a request sent before the last refresh is simply repeated', async () => {
  const shared = world();
  const refresh = refresher(shared);
  await refresh(50);
  expect(await refresh(60)).toBe(true);
  expect(shared.seen.posts).toBe(1);
});

test('a request sent after the last refresh refreshes again', async () => {
  const shared = world();
  const refresh = refresher(shared);
  await refresh(50);
  await refresh(200);
  expect(shared.seen.posts).toBe(2);
});

test('a refused refresh is told to all, and the next call tries anew', async () => {
  const shared = world(false);
  const refresh = refresher(shared);
  expect(await Promise.all([refresh(50), refresh(51)])).toEqual([false, false]);
  expect(await refresh(52)).toBe(false);
  expect(shared.seen.posts).toBe(2);
});

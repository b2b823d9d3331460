import { beforeEach, expect, test, vi } from 'vitest';

const kept = new Map<string, string>();
const network = Object.assign(new EventTarget(), { saveData: false, type: 'wifi' });

async function freshDevice(connection: object | undefined = network) {
  vi.resetModules();
  vi.stubGlobal('navigator', { connection });
  return (await import('./device.svelte')).device;
}

beforeEach(() => {
  kept.clear();
  Object.assign(network, { saveData: false, type: 'wifi' });
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) });
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
});

test('data is spared on a network that costs, as soon as it does', async () => {
  const device = await freshDevice();
  expect([device.spares, device.tells]).toEqual([false, true]);
  network.type = 'cellular';
  network.dispatchEvent(new Event('change'));
  expect(device.spares).toBe(true);
  device.saving = 'off';
  expect(device.spares).toBe(false);
});

test('where the browser knows no network, the person says it', async () => {
  const device = await freshDevice({});
  expect([device.spares, device.tells]).toEqual([false, false]);
  device.saving = 'on';
  expect(device.spares).toBe(true);
});

test('what was chosen is there in the next page, and nonsense is not', async () => {
  const device = await freshDevice();
  device.density = 'compact';
  device.saving = 'on';
  device.patient = true;
  const next = await freshDevice();
  expect([next.density, next.saving, next.patient]).toEqual(['compact', 'on', true]);
  kept.set('picup.density', 'enormous');
  expect((await freshDevice()).density).toBe('comfortable');
});

test('a browser that forbids storage has the settings for this page', async () => {
  vi.stubGlobal('localStorage', {
    getItem: () => {
      throw new Error('forbidden');
    },
    setItem: () => {
      throw new Error('forbidden');
    },
  });
  const device = await freshDevice();
  device.density = 'compact';
  expect(device.density).toBe('compact');
});

test('compact lists have lower rows at every width', async () => {
  const device = await freshDevice();
  const { styleFor } = await import('$lib/timeline/style');
  for (const width of [360, 800, 1400]) {
    device.density = 'comfortable';
    const comfortable = styleFor(width).rowHeight;
    device.density = 'compact';
    expect(styleFor(width).rowHeight).toBeLessThan(comfortable * 0.75);
  }
});

test('nothing plays in passing while data is spared', async () => {
  vi.useFakeTimers();
  const device = await freshDevice();
  const { hover } = await import('$lib/timeline/hover.svelte');
  device.saving = 'on';
  hover.enter('one', 'mouse');
  vi.advanceTimersByTime(5_000);
  expect(hover.id).toBeNull();
  device.saving = 'off';
  hover.enter('one', 'mouse');
  vi.advanceTimersByTime(5_000);
  expect(hover.id).toBe('one');
  vi.useRealTimers();
});

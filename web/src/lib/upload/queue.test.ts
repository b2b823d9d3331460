import { describe, expect, test } from 'vitest';
import { Problem } from '$lib/api/problem';
import { folderOf, isLitter } from './gather';
import { parallel, UploadQueue } from './queue.svelte';
import type { Receipt, Sending } from './sending';

/** A server that answers when told to. */
function fakeServer() {
  const sendings: (Sending & { resolve: (receipt: Receipt) => void; reject: (error: unknown) => void })[] = [];
  const waits: number[] = [];
  const discarded: string[] = [];
  const clock = { now: 0 };
  const queue = new UploadQueue({
    send: (sending) =>
      new Promise((resolve, reject) => {
        sendings.push({ ...sending, resolve, reject });
        sending.signal.addEventListener('abort', () => reject(new Problem('cancelled', 0)));
      }),
    discard: async ({ file }) => void discarded.push(file.name),
    wait: async (ms) => void waits.push(ms),
    now: () => clock.now,
  });
  return { queue, sendings, waits, discarded, clock };
}

const files = (count: number) => Array.from({ length: count }, (_, at) => ({ file: new File(['x'.repeat(10)], `${at}.jpg`), folder: 'Jeju' }));
const settle = () => new Promise((done) => setTimeout(done));
const added: Receipt = { id: 'p', outcome: 'added' };

describe('the upload queue', () => {
  test('sends a few at a time, in order, and all in the end', async () => {
    const { queue, sendings } = fakeServer();
    queue.add(files(8));
    expect(sendings).toHaveLength(parallel);
    for (let at = 0; at < 8; at++) {
      sendings[at]!.resolve(added);
      await settle();
      expect(sendings.length - at - 1).toBeLessThanOrEqual(parallel);
    }
    expect(sendings.map(({ file }) => file.name)).toEqual(files(8).map(({ file }) => file.name));
    expect(queue.counts.added).toBe(8);
    expect(queue.busy).toBe(false);
  });

  test('repeats after a fault that may pass, later each time, then gives up and can be retried', async () => {
    const { queue, sendings, waits } = fakeServer();
    queue.add(files(1));
    for (let at = 0; at < 5; at++) {
      sendings[at]!.reject(new Problem('internal', 500));
      await settle();
    }
    expect(waits).toEqual([1_000, 3_000, 10_000, 30_000]);
    expect(queue.counts.failed).toBe(1);
    queue.retryFailed();
    sendings[5]!.resolve(added);
    await settle();
    expect(queue.counts).toMatchObject({ failed: 0, added: 1 });
  });

  test('sends nothing while it is held, and then what was begun first', async () => {
    const { queue, sendings } = fakeServer();
    queue.add(files(5));
    sendings[0]!.onprogress(4);
    queue.hold(true);
    await settle();
    expect(sendings.slice(0, parallel).every(({ signal }) => signal.aborted)).toBe(true);
    expect(queue.counts).toMatchObject({ waiting: 5, sending: 0 });
    expect(queue.uploads[0]!.sentBytes).toBe(4);
    queue.add(files(1));
    await settle();
    expect(sendings).toHaveLength(parallel);
    queue.hold(false);
    expect(sendings.slice(parallel).map(({ file }) => file.name)).toEqual(['0.jpg', '1.jpg', '2.jpg']);
    for (let at = parallel; at < parallel + 6; at++) {
      sendings[at]!.resolve(added);
      await settle();
    }
    expect(queue.counts).toMatchObject({ added: 6, failed: 0 });
  });

  test('waits for a server that is away as long as it takes, and says so meanwhile', async () => {
    const { queue, sendings, waits } = fakeServer();
    queue.add(files(1));
    const away = [Problem.unreachable(), new Problem('storage-unavailable', 503), new Problem('status-502', 502)];
    for (let at = 0; at < 12; at++) {
      sendings[at]!.reject(away[at % 3]);
      await settle();
      expect(queue.uploads[0]).toMatchObject({ state: 'sending', interruption: { status: away[at % 3]!.status } });
    }
    expect(waits.slice(-3)).toEqual([30_000, 30_000, 30_000]);
    sendings[12]!.resolve(added);
    await settle();
    expect(queue.uploads[0]).toMatchObject({ state: 'added', interruption: null });
  });

  test('counts only failures without progress, so that a line that is cut often still brings a file home', async () => {
    const { queue, sendings, waits } = fakeServer();
    queue.add(files(1));
    for (let at = 0; at < 10; at++) {
      sendings[at]!.onprogress(at + 1);
      sendings[at]!.reject(new Problem('internal', 500));
      await settle();
    }
    expect(waits).toEqual(Array(10).fill(1_000));
    sendings[10]!.resolve(added);
    await settle();
    expect(queue.counts.added).toBe(1);
  });

  test('waits as long as the server asks', async () => {
    const { queue, sendings, waits } = fakeServer();
    queue.add(files(1));
    sendings[0]!.reject(new Problem('overloaded', 503, undefined, 20));
    await settle();
    expect(waits).toEqual([20_000]);
  });

  test('does not repeat what the server refuses, and keeps the reason', async () => {
    const { queue, sendings } = fakeServer();
    queue.add(files(1));
    sendings[0]!.reject(new Problem('not-a-picture', 415, 'A text.'));
    await settle();
    expect(sendings).toHaveLength(1);
    expect(queue.uploads[0]).toMatchObject({ state: 'refused', problem: { code: 'not-a-picture' } });
  });

  test('brings back what was deleted before only when asked', async () => {
    const { queue, sendings } = fakeServer();
    queue.add(files(1));
    expect(sendings[0]!.force).toBe(false);
    sendings[0]!.reject(new Problem('deleted-before', 409));
    await settle();
    expect(queue.counts['deleted-before']).toBe(1);
    queue.bringBack(queue.uploads[0]!);
    expect(sendings[1]!.force).toBe(true);
  });

  test('counts twins as there, and their bytes as done', async () => {
    const { queue, sendings } = fakeServer();
    queue.add(files(2));
    sendings[0]!.resolve({ id: 'p', outcome: 'already-there' });
    sendings[1]!.onprogress(4);
    await settle();
    expect(queue.counts['already-there']).toBe(1);
    expect([queue.sentBytes, queue.totalBytes]).toEqual([14, 20]);
  });

  test('sends each file’s folder, and knows which picture a sidecar belongs to', async () => {
    const { queue, sendings } = fakeServer();
    queue.add(files(2));
    expect(sendings.map(({ folder }) => folder)).toEqual(['Jeju', 'Jeju']);
    sendings[0]!.resolve({ id: 'p', outcome: 'added' });
    sendings[1]!.resolve({ id: 's', outcome: 'sidecar', picture: 'p' });
    await settle();
    expect(queue.counts).toMatchObject({ added: 1, sidecar: 1 });
    expect([queue.nameOf('p'), queue.nameOf('s')]).toEqual(['0.jpg', null]);
  });

  test('pauses one file and goes on with the next, then resumes it behind the others', async () => {
    const { queue, sendings, discarded } = fakeServer();
    queue.add(files(4));
    sendings[0]!.onprogress(7);
    queue.pause(queue.uploads[0]!);
    expect(sendings[0]!.signal.aborted).toBe(true);
    await settle();
    expect(queue.uploads.map(({ state }) => state)).toEqual(['paused', 'sending', 'sending', 'sending']);
    expect(queue.sentBytes).toBe(7);
    queue.resume(queue.uploads[0]!);
    sendings[1]!.resolve(added);
    await settle();
    expect(sendings.at(-1)!.file.name).toBe('0.jpg');
    expect(queue.sentBytes).toBe(17);
    expect(discarded).toEqual([]);
  });

  test('a file that is resumed before its try has unwound is sent once more, and only that counts', async () => {
    const { queue, sendings } = fakeServer();
    queue.add(files(1));
    queue.pause(queue.uploads[0]!);
    queue.resume(queue.uploads[0]!);
    sendings[0]!.onprogress(9);
    await settle();
    expect(sendings).toHaveLength(2);
    expect(queue.uploads[0]).toMatchObject({ state: 'sending', sentBytes: 0 });
    sendings[1]!.resolve(added);
    await settle();
    expect(queue.counts).toMatchObject({ added: 1, paused: 0 });
  });

  test('pauses and resumes everything', async () => {
    const { queue, sendings } = fakeServer();
    queue.add(files(5));
    queue.pauseAll();
    await settle();
    expect(queue.counts.paused).toBe(5);
    expect([queue.busy, queue.running]).toEqual([true, false]);
    queue.resumeAll();
    for (let at = parallel; at < parallel + 5; at++) {
      sendings[at]!.resolve(added);
      await settle();
    }
    expect(queue.counts.added).toBe(5);
  });

  test('cancels one file while it waits for the server, at the server too, and lets the others go on', async () => {
    const { queue, sendings, discarded } = fakeServer();
    queue.add(files(2));
    sendings[0]!.reject(Problem.unreachable());
    queue.cancel(queue.uploads[0]!);
    await settle();
    sendings[1]!.resolve(added);
    await settle();
    expect(discarded).toEqual(['0.jpg']);
    expect(sendings.filter(({ file }) => file.name === '0.jpg')).toHaveLength(1);
    expect(queue.counts).toMatchObject({ cancelled: 1, added: 1 });
    expect([queue.sentBytes, queue.totalBytes]).toEqual([10, 10]);
  });

  test('tells speed and remaining time from what this try sends, not from where it went on', async () => {
    const { queue, sendings, clock } = fakeServer();
    queue.add([{ file: new File(['x'.repeat(1_000)], 'film.mp4'), folder: '' }]);
    sendings[0]!.onprogress(600); // where an earlier page stopped
    expect([queue.bytesPerSecond, queue.secondsLeft]).toEqual([null, null]);
    for (const sent of [650, 700, 800]) {
      clock.now += 1_000;
      sendings[0]!.onprogress(sent);
    }
    expect(queue.bytesPerSecond).toBe(100);
    expect(queue.secondsLeft).toBe(2);
  });

  test('cancels what runs and what waits, and takes new files afterwards', async () => {
    const { queue, sendings } = fakeServer();
    queue.add(files(5));
    queue.cancelAll();
    await settle();
    expect(queue.counts.cancelled).toBe(5);
    queue.add(files(1));
    sendings.at(-1)!.resolve(added);
    await settle();
    expect(queue.counts.added).toBe(1);
  });
});

test('litter of operating systems is not uploaded', () => {
  for (const name of ['.DS_Store', 'Thumbs.db', 'desktop.ini', '._IMG_1.jpg']) expect(isLitter(name)).toBe(true);
  for (const name of ['IMG_1.jpg', 'thumbs.jpg']) expect(isLitter(name)).toBe(false);
});

test('a folder is the path without the file, and at most as long as the server takes', () => {
  expect(['/2024/Jeju/a.jpg', 'Takeout/a.jpg', 'a.jpg', ''].map(folderOf)).toEqual(['2024/Jeju', 'Takeout', '', '']);
  const deep = folderOf(`${'가나다라/'.repeat(100)}Jeju/a.jpg`);
  expect(new TextEncoder().encode(deep).length).toBeLessThanOrEqual(1_024);
  expect(deep.endsWith('라/Jeju')).toBe(true);
});

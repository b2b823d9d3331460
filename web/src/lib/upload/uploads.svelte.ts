import { session } from '$lib/member/session.svelte';
import { device } from '$lib/settings/device.svelte';
import { foundIn, type Found } from './gather';
import { UploadQueue } from './queue.svelte';
import { discard, endAt, unfinished } from './resumable';
import { send } from './send';
import type { Unfinished } from './unfinished';

/** A wait for the network ends when it is back. */
function wait(ms: number): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      done();
    };
    const timer = setTimeout(end, ms);
    addEventListener('online', end);
  });
}

const queue = new UploadQueue({ send, discard, wait, now: () => performance.now() });

// What failed while there was no network goes on by itself.
addEventListener('online', () => queue.retryFailed());

// Those who want it upload when data costs nothing, or when they say so.
let hurried = $state(false);
$effect.root(() => {
  $effect(() => queue.hold(device.patient && device.spares && !hurried));
});

let open = $state(false);
let left = $state.raw<Unfinished[]>([]);

/** The uploads of this tab, and the panel that shows them. */
export const uploads = {
  queue,
  get open() {
    return open;
  },
  set open(value: boolean) {
    open = value;
  },
  /** What began in a page that was closed since; the browser gives its files only to whoever chooses them again. */
  get left() {
    return left;
  },
  /** Sends what waits although it costs, as long as this page is open. */
  hurry() {
    hurried = true;
  },
  lookForLeft() {
    if (session.member) left = unfinished.of(session.member.id);
  },
  /** Gives up what is left of earlier pages. */
  forgetLeft() {
    for (const { url } of left) void endAt(url);
    left = [];
  },
  add(found: Found[]) {
    if (found.length === 0) return;
    open = true;
    // What is left is taken up by its file, or offered again when the page is next opened.
    left = [];
    queue.add(found);
  },
  /** Opens the browser's own chooser. It hides nothing: RAW files and sidecars have no type that browsers know. */
  choose(what: 'files' | 'folder') {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    if (what === 'folder') input.webkitdirectory = true;
    input.onchange = () => uploads.add(foundIn(input.files ?? []));
    input.click();
  },
};

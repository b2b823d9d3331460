import { UploadQueue } from './queue.svelte';
import { send } from './send';

const queue = new UploadQueue({ send, wait: (ms) => new Promise((done) => setTimeout(done, ms)) });

// What failed while there was no network goes on by itself.
addEventListener('online', () => queue.retryFailed());

let open = $state(false);

/** The uploads of this tab, and the panel that shows them. */
export const uploads = {
  queue,
  get open() {
    return open;
  },
  set open(value: boolean) {
    open = value;
  },
  add(files: File[]) {
    if (files.length === 0) return;
    open = true;
    queue.add(files);
  },
  /** Opens the browser's own chooser. */
  choose(what: 'files' | 'folder') {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    if (what === 'folder') input.webkitdirectory = true;
    else input.accept = 'image/*,video/*,.heic,.heif,.dng,.cr2,.cr3,.nef,.arw,.orf,.rw2,.raf';
    input.onchange = () => uploads.add([...(input.files ?? [])]);
    input.click();
  },
};

import { foundIn, type Found } from './gather';
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
  add(found: Found[]) {
    if (found.length === 0) return;
    open = true;
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

import { api, data, type LockedFolder } from '$lib/api/client';
import { session } from '$lib/member/session.svelte';
import { tellOfPicture } from '$lib/timeline/news';
import { libraryCache } from '../../service/shelves';

/** Each member has a count of their own. */
const storageKey = () => `picup.lockings.${session.member?.id}`;

/** The server's clock may differ from ours: it is asked again then, and never more often than this. */
const soonestMs = 10_000;

let state = $state.raw<LockedFolder | null>(null);
let failed = $state(false);
/** What goes on once there is a code. */
let choosing = $state.raw<(() => void) | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;

/** Whether the locked folder has a code, and is open to this session. */
export const lockedFolder = {
  /** Null until the server has said it. */
  get state() {
    return state;
  },
  get failed() {
    return failed;
  },
  get open() {
    return state?.openUntil != null;
  },
  get choosing() {
    return choosing;
  },
  async load() {
    try {
      take(await data(api.GET('/api/locked-folder')));
    } catch {
      failed = true;
    }
  },
  async choose(code: string, current?: string) {
    take(await data(api.PUT('/api/locked-folder/code', { body: { code, ...(current !== undefined && { current }) } })));
  },
  async unlock(code: string) {
    take(await data(api.POST('/api/locked-folder/unlock', { body: { code } })));
  },
  /** What is seen here goes at once; if the server does not hear it, it closes by itself. */
  async lock() {
    if (state) take({ ...state, openUntil: null });
    await data(api.POST('/api/locked-folder/lock'));
  },
  /** The server tells that something has changed, here or in another window. */
  heard(lockings: number) {
    forgetBefore(lockings);
    if (state) void lockedFolder.load();
  },
  /** Asks for a code first, and goes on with `then`. */
  chooseFirst(then: () => void) {
    choosing = then;
  },
  chosen() {
    const then = choosing;
    choosing = null;
    then?.();
  },
  leave() {
    choosing = null;
  },
  /** The next to look may be another member. */
  forget() {
    state = null;
    choosing = null;
    clearTimeout(timer);
  },
};

function take(folder: LockedFolder) {
  const closes = lockedFolder.open && folder.openUntil === null;
  state = folder;
  failed = false;
  if (closes) tellOfPicture(null); // whoever shows a locked one asks again, and is refused
  forgetBefore(folder.lockings);
  clearTimeout(timer);
  // Each use puts it off, and only the server knows of all uses.
  if (folder.openUntil !== null) timer = setTimeout(() => void lockedFolder.load(), Math.max(soonestMs, Date.parse(folder.openUntil) - Date.now() + 500));
}

/**
 * This browser may keep pictures under addresses from before they were locked, and what it saw of months for when there is no server. All
 * of that goes once for each time that something was locked, on whichever device.
 */
function forgetBefore(lockings: number) {
  if (Number(localStorage.getItem(storageKey()) ?? 0) >= lockings) return;
  const key = storageKey();
  localStorage.setItem(key, String(lockings));
  void globalThis.caches?.delete(libraryCache);
  // Chrome answers when all is gone, which may take seconds: nothing waits for it.
  void fetch('/api/locked-folder/browser-cache', { method: 'DELETE' }).catch(() => localStorage.removeItem(key));
}

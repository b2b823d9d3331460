import { tellOfWork } from '$lib/activity/news';
import { renewSession } from '$lib/api/client';
import { tellOfAlbum, type AlbumNews } from '$lib/album/news';
import { lockedFolder } from '$lib/locked/folder.svelte';
import { tellOfPicture } from './news';
import { timeline } from './timeline.svelte';

/** Long enough to gather a burst of uploads, short enough to feel immediate. */
const gatherMs = 500;
const reconnectMs = 5_000;

/** Follows the server's news, and brings the months that it names up to date. Returns how to stop. */
export function followLive(): () => void {
  const changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;
  let opened = false;

  async function flush() {
    timer = undefined;
    if (busy) return gather([]);
    const months = [...changed];
    changed.clear();
    busy = true;
    try {
      await timeline.update(months);
    } catch {
      // The stream reconnects when the server is back, and everything seen is reloaded then.
    } finally {
      busy = false;
    }
  }

  function gather(months: Iterable<string>) {
    for (const month of months) changed.add(month);
    timer ??= setTimeout(() => void flush(), gatherMs);
  }

  let source: EventSource;
  let again: ReturnType<typeof setTimeout> | undefined;

  function connect() {
    const openedAt = Date.now();
    source = new EventSource('/api/live');
    source.addEventListener('picture', (event) => {
      const { id, state, month, previousMonth } = JSON.parse(event.data) as { id: string; state: string; month: string; previousMonth?: string | null };
      tellOfPicture(id, state);
      gather(previousMonth ? [month, previousMonth] : [month]);
    });
    source.addEventListener('timeline', (event) => {
      tellOfPicture(null);
      gather((JSON.parse(event.data) as { months: string[] }).months);
    });
    source.addEventListener('album', (event) => tellOfAlbum(JSON.parse(event.data) as AlbumNews));
    source.addEventListener('locked-folder', (event) => lockedFolder.heard((JSON.parse(event.data) as { lockings: number }).lockings));
    source.addEventListener('work', tellOfWork);
    source.addEventListener('open', () => {
      if (opened) {
        tellOfWork();
        tellOfPicture(null);
        tellOfAlbum(null);
        gather(timeline.months.filter((month) => month.loaded > 0).map((month) => month.month));
      }
      opened = true;
    });
    source.addEventListener('error', () => {
      // The browser reconnects by itself unless the server refused, which it does when the session has run out.
      if (source.readyState !== EventSource.CLOSED) return;
      again = setTimeout(() => void renewSession(openedAt).then((renewed) => renewed && connect(), connect), reconnectMs);
    });
  }

  connect();
  return () => {
    clearTimeout(timer);
    clearTimeout(again);
    source.close();
  };
}

import { whenPictureChanges } from '$lib/timeline/news';

/** Uploads tell of many pictures one after another. */
const gatherMs = 1_000;

/** Brings a list up to date with what came or went here or elsewhere, when nobody looks at a picture or has chosen some. */
export function keepFresh(again: () => void, busy: () => boolean) {
  let stale = $state(false);
  $effect(() => whenPictureChanges(() => (stale = true)));
  $effect(() => {
    if (!stale || busy()) return;
    const timer = setTimeout(() => {
      stale = false;
      again();
    }, gatherMs);
    return () => clearTimeout(timer);
  });
}

import type { TimelinePage } from '$lib/api/client';
import { storedDensity } from '$lib/settings/density';
import { layOutDays } from '$lib/timeline/days';
import { measuresOf } from '$lib/timeline/measures';
import type { Painter } from './draw';
import { askEarly } from './early';

/** So long the tiles of the timeline fade in. */
const fadeMs = 350;

/** The newest pictures, where the timeline is going to show them; null where there are none. */
export async function timelinePainter(): Promise<Painter | null> {
  const page = await askEarly<TimelinePage>('/api/timeline/latest');
  if (!page || page.ids.length === 0) return null;
  return (view) => {
    view.className = 'pictures';
    const images = tilesOf(page, view);
    const canvas = document.createElement('div');
    canvas.append(...images);
    view.append(canvas);
    return { images, isShown: () => document.querySelectorAll('.timeline .thumb.loaded').length >= images.length, fadeMs };
  };
}

function tilesOf(page: TimelinePage, view: HTMLElement): HTMLImageElement[] {
  const { paddingInlineStart, paddingInlineEnd } = getComputedStyle(view);
  const width = view.clientWidth - parseFloat(paddingInlineStart) - parseFloat(paddingInlineEnd);
  const { rows, lefts, widths } = layOutDays(page.takenAt, page.ratios, measuresOf(width, storedDensity()));
  const images: HTMLImageElement[] = [];
  for (const { first, count, top, height } of rows) {
    if (top > view.clientHeight) break;
    for (let at = first; at < first + count; at++) {
      if (page.states[at] !== 'ready') continue;
      const image = new Image();
      image.src = `/api/pictures/${page.ids[at]}/renditions/thumb?v=${page.versions[at]}`;
      image.alt = '';
      Object.assign(image.style, { insetInlineStart: `${lefts[at]}px`, top: `${top}px`, width: `${widths[at]}px`, height: `${height}px` });
      images.push(image);
    }
  }
  return images;
}

import type { Picture } from '$lib/api/client';
import type { Painter } from './draw';
import { askEarly } from './early';

/** The photo of an address, where the viewer is going to show it; null where that is no photo, or shown in a way of its own. */
export async function picturePainter(id: string): Promise<Painter | null> {
  const picture = await askEarly<Picture>(`/api/pictures/${id}`);
  if (!picture || picture.state !== 'ready' || picture.kind !== 'photo' || picture.detail.panorama || picture.detail.frames > 1) return null;
  return (view) => {
    view.className = 'picture';
    const night = document.createElement('div');
    const image = new Image();
    image.fetchPriority = 'high';
    image.src = `/api/pictures/${id}/renditions/preview?v=${picture.version}`;
    image.alt = '';
    night.className = 'night';
    view.append(night, image);
    return { images: [image], isShown: () => document.querySelector('.viewer .preview.sharp') !== null, fadeMs: 0 };
  };
}

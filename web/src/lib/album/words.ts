import type { Album } from '$lib/api/client';
import { daysName } from '$lib/language/dates';
import type { MessageKey } from '$lib/language/en';
import { isolated } from '$lib/language/format';
import { t } from '$lib/language/language.svelte';

export { isolated };

/** What lies in an album: pictures, albums, or that it is empty. */
export function aboutAlbum({ count, albums }: Pick<Album, 'count' | 'albums'>): string {
  const parts = [];
  if (count > 0 || albums === 0) parts.push(t('pictures', { count }));
  if (albums > 0) parts.push(t('albums.count', { count: albums }));
  return parts.join(' · ');
}

/** What became of adding pictures, of which some may have been in it before. */
export function addedTo(name: string, count: number): string {
  return count === 0 ? t('album.added.none', { name: isolated(name) }) : t('album.added', { count, name: isolated(name) });
}

/** Coordinates to a tenth of a degree, some ten kilometres: enough for a chapter. */
export function placeName({ latitude, longitude }: { latitude: number; longitude: number }): string {
  const part = (value: number, positive: MessageKey, negative: MessageKey) => t(value < 0 ? negative : positive, { degrees: Math.abs(value).toFixed(1) });
  return `${part(latitude, 'trip.north', 'trip.south')}, ${part(longitude, 'trip.east', 'trip.west')}`;
}

/** The days it spans, and what lies in it. */
export function factsOfAlbum(album: Album): string {
  const days = album.firstTakenAt !== null && album.lastTakenAt !== null ? daysName(album.firstTakenAt, album.lastTakenAt) : null;
  return [days, aboutAlbum(album)].filter(Boolean).join(' · ');
}

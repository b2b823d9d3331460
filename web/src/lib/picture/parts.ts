import { editedUrl, editsUrl, originalUrl, renditionUrl, sidecarUrl, type Picture } from '$lib/api/client';
import type { IconName } from '$lib/design/icons';

export type Part = Picture['parts'][number];

/** What sets an item apart from a plain photo or video; the timeline's column of the same name has the same words. */
export type BadgeName = 'live' | 'motion' | 'raw' | 'burst' | 'panorama' | 'animation';

/** The moving picture that belongs to a still. */
export interface Moving {
  kind: 'live' | 'motion';
  /** Null while it is being prepared. */
  src: string | null;
}

function partOf(picture: Picture, role: string): Part | undefined {
  return picture.parts.find((part) => part.role === role);
}

export function movingOf(picture: Picture): Moving | null {
  const live = picture.kind === 'photo' ? partOf(picture, 'live') : undefined;
  if (live) return { kind: 'live', src: live.playable ? renditionUrl(live.id, 'video', live.version) : null };
  if (picture.renditions.includes('motion')) return { kind: 'motion', src: renditionUrl(picture.id, 'motion', picture.version) };
  return null;
}

export function rawOf(picture: Picture): Part | undefined {
  return partOf(picture, 'raw');
}

const byName = new Intl.Collator('en', { numeric: true });

/** The pictures of a burst in the order they were taken, which their names keep; empty when it is none. */
export function burstOf(picture: Picture): Pick<Part, 'id' | 'fileName' | 'version' | 'state'>[] {
  const others = picture.parts.filter((part) => part.role === 'burst');
  if (others.length === 0) return [];
  return [picture, ...others].sort((one, other) => byName.compare(one.fileName, other.fileName));
}

/** As the server chooses it for the timeline: what an item has before what it is. */
export function badgeOf(picture: Picture): BadgeName | null {
  const moving = movingOf(picture);
  if (moving) return moving.kind;
  if (burstOf(picture).length > 0) return 'burst';
  if (rawOf(picture)) return 'raw';
  if (picture.detail.panorama && !picture.edit?.shown) return 'panorama';
  return picture.kind === 'photo' && picture.detail.frames > 1 ? 'animation' : null;
}

/** Browsers show these by themselves, so the original is the full rendition. */
const shownAsIs = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif']);

/** There are all pixels to be had, and they are more than the preview has (short side 1440). */
export function isSharper(picture: Picture): boolean {
  const beyondPreview = Math.min(picture.width ?? 0, picture.height ?? 0) > 1440;
  return beyondPreview && (picture.edit?.shown || picture.renditions.includes('full') || shownAsIs.has(picture.mediaType));
}

export interface Download {
  kind: 'edited' | 'original' | 'live' | 'raw' | 'burst' | 'sidecar' | 'edits';
  icon: IconName;
  fileName: string;
  sizeBytes: number | null;
  url: string;
}

/** What there is of an item: as it is shown, where that is an edit, and every file as it came. */
export function downloadsOf(picture: Picture): Download[] {
  const partIcons: Record<string, IconName> = { live: 'film', raw: 'camera', burst: 'burst' };
  const edited = picture.edit?.shown
    ? [{ kind: 'edited' as const, icon: 'tune' as const, fileName: `${picture.fileName.replace(/\.[^.]*$/, '')}-edited`, sizeBytes: null, url: editedUrl(picture.id) }]
    : [];
  return [
    ...edited,
    { kind: 'original', icon: 'download', fileName: picture.fileName, sizeBytes: picture.sizeBytes, url: originalUrl(picture.id, true) },
    ...picture.parts.map(({ id, role, fileName, sizeBytes }) => ({
      kind: role as 'live' | 'raw' | 'burst', icon: partIcons[role] ?? ('file' as const), fileName, sizeBytes, url: originalUrl(id, true),
    })),
    ...picture.sidecars.map(({ id, fileName, sizeBytes }) => ({
      kind: 'sidecar' as const, icon: 'file' as const, fileName, sizeBytes, url: sidecarUrl(picture.id, id),
    })),
    { kind: 'edits', icon: 'pencil', fileName: `${picture.fileName}.xmp`, sizeBytes: null, url: editsUrl(picture.id) },
  ];
}

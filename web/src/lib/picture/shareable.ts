import { editedUrl, originalUrl, renditionUrl, type Picture } from '$lib/api/client';

/** A file that stands for a picture, the best first. */
export interface Candidate {
  url: string;
  fileName: string;
  mediaType: string;
  /** Null where nobody knows before it has come. */
  sizeBytes: number | null;
}

export function named(fileName: string, ending: string) {
  return `${fileName.replace(/\.[^.]*$/, '')}.${ending}`;
}

/** As it is shown: an edit where there is one, else the original, and what was made of it where other apps may not know that kind of file. */
export function candidatesOf(picture: Picture): Candidate[] {
  const { id, version, fileName, mediaType, sizeBytes } = picture;
  const original = { url: originalUrl(id), fileName, mediaType, sizeBytes };
  if (picture.kind === 'video') return [original, { url: renditionUrl(id, 'video', version), fileName: named(fileName, 'mp4'), mediaType: 'video/mp4', sizeBytes: null }];
  const preview = { url: renditionUrl(id, 'preview', version), fileName: named(fileName, 'jpg'), mediaType: 'image/jpeg', sizeBytes: null };
  const full = { ...preview, url: editedUrl(id) };
  if (picture.edit?.shown) return [full, preview];
  return picture.renditions.includes('full') ? [original, full, preview] : [original, preview];
}

/** The best file that other apps are given within so many bytes; null where there is none. */
export function chosenOf(picture: Picture, leftBytes: number, accepted: (candidate: Candidate) => boolean): Candidate | null {
  return candidatesOf(picture).find((candidate) => (candidate.sizeBytes ?? 0) <= leftBytes && accepted(candidate)) ?? null;
}

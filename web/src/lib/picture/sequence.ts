import type { Picture } from '$lib/api/client';
import type { TilePicture } from '$lib/timeline/month';
import { badgeOf } from './parts';

/** The order that one leafs through: the timeline, or an album. */
export interface Sequence {
  neighbour(id: string, step: 1 | -1): Promise<TilePicture | null>;
  /** What is known of a picture before its facts have come. */
  tile(id: string): TilePicture | null;
}

/** A picture as a tile shows it, from its facts. */
export function tileOf(picture: Picture): TilePicture {
  return {
    id: picture.id,
    takenAt: picture.takenAt,
    ratio: picture.width && picture.height ? picture.width / picture.height : 1,
    thumbHash: picture.thumbHash,
    kind: picture.kind,
    durationMs: picture.durationMs,
    state: picture.state,
    favourite: picture.favourite,
    version: picture.version,
    badge: badgeOf(picture),
    town: picture.town,
  };
}

export function sequenceOf(tiles: readonly TilePicture[]): Sequence {
  const at = (id: string) => tiles.findIndex((tile) => tile.id === id);
  return {
    neighbour: async (id, step) => (at(id) < 0 ? null : (tiles[at(id) + step] ?? null)),
    tile: (id) => tiles[at(id)] ?? null,
  };
}

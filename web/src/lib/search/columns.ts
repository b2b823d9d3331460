import type { Town } from '$lib/api/client';
import { noColumns, type TilePicture } from '$lib/timeline/month';

/** Pictures of any months as a timeline lays them out. */
export function columnsOf(tiles: readonly TilePicture[]) {
  const columns = noColumns();
  const numbers = new Map<number, number>();
  const numberOf = (town: Town) => {
    if (!numbers.has(town.id)) numbers.set(town.id, columns.towns.push(town) - 1);
    return numbers.get(town.id)!;
  };
  for (const tile of tiles) {
    columns.ids.push(tile.id);
    columns.takenAt.push(tile.takenAt);
    columns.ratios.push(tile.ratio);
    columns.thumbHashes.push(tile.thumbHash);
    columns.kinds.push(tile.kind);
    columns.durations.push(tile.durationMs);
    columns.states.push(tile.state);
    columns.favourites.push(tile.favourite);
    columns.versions.push(tile.version ?? 0);
    columns.badges.push(tile.badge);
    columns.places.push(tile.town && numberOf(tile.town));
  }
  return columns;
}

import { addToFavourites, moveToTrash, setArchived } from './actions';
import { carry, type Taker } from './carry.svelte';

/** What a page of the navigation does with pictures that are dropped on it. */
const takers: Record<string, Taker> = {
  '/favourites': ({ ids, tile }) => {
    const fresh = ids.filter((id) => !tile(id)?.favourite);
    if (fresh.length > 0) void addToFavourites(fresh);
  },
  '/albums': ({ ids }) => (carry.asking = ids),
  '/archive': ({ ids }) => void setArchived(ids, true),
  '/trash': ({ ids }) => void moveToTrash(ids),
};

/** Null for a page that takes nothing. */
export function takerOf(path: string): Taker | null {
  return takers[path] ?? null;
}

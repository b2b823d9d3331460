/**
 * What the server tells of an album; null when something may have changed while nobody listened. `pictures` are those that came, went or moved, null where more
 * changed than that.
 */
export type AlbumNews = { id: string; change: 'made' | 'edited' | 'contents' | 'deleted' | 'restored'; pictures?: string[] | null } | null;

type Listener = (news: AlbumNews) => void;

const listeners = new Set<Listener>();

/** For whoever looks at albums. Returns how to stop. */
export function whenAlbumChanges(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function tellOfAlbum(news: AlbumNews) {
  for (const listener of listeners) listener(news);
}

/** What the server tells of an album; null when something may have changed while nobody listened. */
export type AlbumNews = { id: string; change: 'made' | 'edited' | 'contents' | 'deleted' | 'restored' } | null;

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

/** Hears which picture changed, and what it is now; null when some may have while nobody listened, or many have. */
type Listener = (pictureId: string | null, state?: string) => void;

const listeners = new Set<Listener>();

/** What the server tells of single pictures, for whoever looks at one. Returns how to stop. */
export function whenPictureChanges(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function tellOfPicture(pictureId: string | null, state?: string) {
  for (const listener of listeners) listener(pictureId, state);
}

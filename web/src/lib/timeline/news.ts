/** Hears which picture changed; null when some may have while nobody listened. */
type Listener = (pictureId: string | null) => void;

const listeners = new Set<Listener>();

/** What the server tells of single pictures, for whoever looks at one. Returns how to stop. */
export function whenPictureChanges(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function tellOfPicture(pictureId: string | null) {
  for (const listener of listeners) listener(pictureId);
}

const listeners = new Set<() => void>();

/** For whoever shows what is being done. Returns how to stop. */
export function whenWorkChanges(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Work has begun or ended, or may have while nobody listened. */
export function tellOfWork() {
  for (const listener of listeners) listener();
}

const answers = new Map<string, Promise<unknown>>();

/** Asks the server before the app has been read; null where it refuses. */
export function askEarly<T>(path: string): Promise<T | null> {
  const answer = fetch(path).then((response) => (response.ok ? (response.json() as Promise<T>) : null));
  answers.set(path, answer);
  return answer;
}

/** What was asked for early, once: later it is old. Null where it was not, or came to nothing. */
export async function takeEarly<T>(path: string): Promise<T | null> {
  const answer = answers.get(path) as Promise<T | null> | undefined;
  answers.delete(path);
  return (await answer?.catch(() => null)) ?? null;
}

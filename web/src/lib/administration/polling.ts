/** Asks now and again every so often, but only while somebody looks: a page in the background asks nothing. */
export function poll(ask: () => Promise<unknown>, everyMs: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  async function round() {
    clearTimeout(timer);
    if (stopped || document.visibilityState !== 'visible') return;
    // The next round is counted from the answer, so that a slow server is not asked faster than it answers.
    await ask().catch(() => undefined);
    if (!stopped) timer = setTimeout(round, everyMs);
  }

  const look = () => void round();
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
  };
}

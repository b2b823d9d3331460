/** Calls back once nobody has touched, typed or watched anything for so long. Returns how to stop. */
export function whenIdle(afterMs: number, react: () => void): () => void {
  const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'];
  let last = Date.now();
  const note = () => (last = Date.now());
  const watching = () => [...document.querySelectorAll('video')].some((video) => !video.paused && !video.ended);
  for (const sign of signs) addEventListener(sign, note, { passive: true, capture: true });
  const timer = setInterval(() => {
    if (watching()) note();
    else if (Date.now() - last >= afterMs) react();
  }, 5_000);
  return () => {
    clearInterval(timer);
    for (const sign of signs) removeEventListener(sign, note, { capture: true });
  };
}

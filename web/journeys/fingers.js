const frameMs = 16;

/** Fingers and a mouse as the browser hears of them, so that scrolling, resting and cancelling are its own. */
export async function fingersOn(page) {
  const session = await page.context().newCDPSession(page);
  const send = (type, points) => session.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(({ x, y }, id) => ({ x, y, id })) });
  return {
    down: (...points) => send('touchStart', points),
    move: (...points) => send('touchMove', points),
    up: () => send('touchEnd', []),
    /** From one place to another in steps, as a hand does and no faster, else the browser takes the next tap for the end of a fling; stays down. */
    async drag(from, to, steps = 8) {
      for (let step = 1; step <= steps; step++) {
        await new Promise((done) => setTimeout(done, frameMs));
        await send('touchMove', [{ x: from.x + ((to.x - from.x) * step) / steps, y: from.y + ((to.y - from.y) * step) / steps }]);
      }
    },
  };
}

/** Where the middle of something is. */
export async function middleOf(target) {
  const { x, y, width, height } = await target.boundingBox();
  return { x: x + width / 2, y: y + height / 2 };
}

/**
 * Waits until nothing has faded or slid for three frames in a row, as one animation may begin where another ends. What turns
 * forever never comes to rest.
 */
export async function comesToRest(page) {
  await page.evaluate(async () => {
    const moving = () => document.getAnimations().filter((animation) => animation.effect?.getTiming().iterations !== Infinity);
    for (let still = 0; still < 3; still++) {
      await new Promise(requestAnimationFrame);
      if (moving().length === 0) continue;
      still = -1;
      await Promise.allSettled(moving().map((animation) => animation.finished));
    }
  });
}

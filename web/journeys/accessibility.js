import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { comesToRest } from './rest.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** No serious or critical violation of WCAG 2.2 AA on what is shown. What moved while it was looked at is looked at again. */
export async function requireAccessible(page, name) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  let grave;
  for (let looks = 0; looks < 3; looks++) {
    const seen = await page.evaluate(look, rules);
    grave = seen.grave;
    if (grave.length === 0 || !seen.moved) break;
    await comesToRest(page);
  }
  const said = grave.map(({ id, help, nodes }) => `${id} (${help}): ${nodes.map(({ html, failureSummary }) => `${html}\n    ${failureSummary}`).join('\n  ')}`);
  assert.equal(said.length, 0, `${name} at ${page.url()} keeps people out:\n${said.join('\n')}`);
}

/** In the page: the grave violations, and whether anything appeared, left or faded meanwhile, as a toast does after its time. */
async function look(values) {
  let moved = document.getAnimations().some((animation) => animation.effect?.getTiming().iterations !== Infinity);
  const watch = new MutationObserver(() => (moved = true));
  watch.observe(document.body, { subtree: true, childList: true });
  const { violations } = await globalThis.axe.run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
  watch.disconnect();
  return { moved, grave: violations.filter(({ impact }) => impact === 'serious' || impact === 'critical') };
}

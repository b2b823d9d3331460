import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** No serious or critical violation of WCAG 2.2 AA on what is shown. */
export async function requireAccessible(page, name) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const { violations } = await page.evaluate((values) => globalThis.axe.run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] }), rules);
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const said = grave.map(({ id, help, nodes }) => `${id} (${help}): ${nodes.map(({ html, failureSummary }) => `${html}\n    ${failureSummary}`).join('\n  ')}`);
  assert.equal(said.length, 0, `${name} at ${page.url()} keeps people out:\n${said.join('\n')}`);
}

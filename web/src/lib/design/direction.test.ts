import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { alongLine, fromLineStart } from './direction';

/** What means the same side of a screen in every language, and why. */
const sidesThatStay: Record<string, string> = {
  'lib/edit/CropBox.svelte': 'lies over a picture, which no language turns around',
  'lib/edit/EditedView.svelte': 'lies over a picture',
  'lib/picture/Photo.svelte': 'marks faces on a picture',
  'lib/picture/Carried.svelte': 'hangs at the pointer, whose place is told from the left',
  'lib/video/Controls.svelte': 'keeps clear of a notch, which is where it is',
  'lib/video/SeekPreview.svelte': 'stands above a point of time, and time runs to the right in the players of all makers',
  'lib/design/Choice.svelte': 'floats a legend only for it to become an item of the row; older browsers know no other word',
};

/** Keys that point at what is seen, and not along a line of text. */
const keysThatStay: Record<string, string> = {
  'lib/design/direction.ts': 'decides it',
  'lib/edit/CropBox.svelte': 'moves a frame over a picture',
  'lib/panorama/gestures.ts': 'looks around',
  'lib/video/SeekBar.svelte': 'goes through time, which runs to the right in the players of all makers',
};

function files(folder: string): string[] {
  return readdirSync(join('src', folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? files(path) : /\.(svelte|css|ts)$/.test(entry.name) && !/\.test\.ts$/.test(entry.name) ? [path] : [];
  });
}

/** Declarations that mean a side of the screen, where they should mean the beginning or the end of a line. */
function physical(css: string): string[] {
  const found = [];
  for (const [declaration, property = '', value = ''] of css.matchAll(/(?<![\w-])([\w-]+): ([^;{}]+);/g)) {
    const values = [...value.matchAll(/(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+/g)].map(([each]) => each);
    const sided = /^(margin|padding|border|scroll-margin|scroll-padding)-(left|right)\b|^border-(top|bottom)-(left|right)-radius$/.test(property);
    // In the middle is in the middle from either side.
    const placed = /^(left|right)$/.test(property) && value !== '50%';
    const aligned = /^(text-align|float|clear|justify-content|justify-items|justify-self)$/.test(property) && values.some((each) => each === 'left' || each === 'right');
    const uneven = /^(margin|padding|inset|border-width)$/.test(property) && values.length === 4 && values[1] !== values[3];
    const corners = property === 'border-radius' && values.length === 4 && (values[0] !== values[1] || values[2] !== values[3]);
    if (sided || placed || aligned || uneven || corners) found.push(declaration);
  }
  return found;
}

function styles(path: string, text: string): string {
  return path.endsWith('.css') ? text : path.endsWith('.svelte') ? (/<style[^>]*>([^]*)<\/style>/.exec(text)?.[1] ?? '') : '';
}

const sources = files('').map((path) => ({ path, text: readFileSync(join('src', path), 'utf8') }));

test('styles follow the direction of the language', () => {
  const found = sources.flatMap(({ path, text }) => {
    const directives = path.endsWith('.svelte') ? [...text.matchAll(/style:(?:left|right|margin-left|margin-right)\b/g)].map(([each]) => each) : [];
    return path in sidesThatStay ? [] : [...physical(styles(path, text)), ...directives].map((each) => `${path}: ${each}`);
  });
  expect(found).toEqual([]);
});

test('arrow keys follow the direction of the language', () => {
  const found = sources.filter(({ path, text }) => /'Arrow(Left|Right)'|\bArrow(Left|Right):/.test(text) && !(path in keysThatStay));
  expect(found.map(({ path }) => path)).toEqual([]);
});

test('what may stay is there', () => {
  const paths = new Set(sources.map(({ path }) => path));
  expect([...Object.keys(sidesThatStay), ...Object.keys(keysThatStay)].filter((path) => !paths.has(path))).toEqual([]);
});

test.each([
  'margin-left: auto;', 'right: 0;', 'text-align: left;', 'float: right;', 'padding: 0 3.5rem 0 var(--a);', 'margin: 0 calc(-1 * var(--a)) 0 0;',
  'border-radius: var(--a) 0 0 var(--a);', 'border-top-left-radius: 1px;', 'border-left: 1px solid red;',
])('%s is found', (declaration) => {
  expect(physical(`p {\n  ${declaration}\n}`)).toEqual([declaration]);
});

test.each([
  'left: 50%;', 'margin-inline-start: auto;', 'padding: 1px 2px 3px 2px;', 'border-radius: var(--a) var(--a) 0 0;', 'inset: 0 0 auto;', 'text-align: start;',
  'padding: var(--a) calc(1px + 2px) max(1px, env(b));', 'background-position: left;',
])('%s is nobody’s side', (declaration) => {
  expect(physical(`p {\n  ${declaration}\n}`)).toEqual([]);
});

afterEach(() => vi.unstubAllGlobals());

test('where lines run to the left, so do arrows and distances', () => {
  const box = { left: 100, right: 500 } as DOMRect;
  expect(['ArrowLeft', 'ArrowRight', 'ArrowUp'].map((key) => alongLine(key))).toEqual([-1, 1, 0]);
  expect(fromLineStart(130, box)).toBe(30);
  vi.stubGlobal('document', { documentElement: { dir: 'rtl' } });
  expect(['ArrowLeft', 'ArrowRight', 'ArrowUp'].map((key) => alongLine(key))).toEqual([1, -1, 0]);
  expect(fromLineStart(130, box)).toBe(370);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { en } from './en';
import { format } from './format';
import { ko } from './ko';

const keys = Object.keys(en) as (keyof typeof en)[];

/** Keys made from a value: every code of a problem or of a picture that failed, every theme, every scope, every kind of work, every line of a log, every state of an original, every bulk action that can be undone. */
const composed = /^(problem|reason|theme|scope|audit|activity|lane|workKind|health\.state|info\.original|trash\.undo)\./;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /^(en|ko)$/.test(entry.name) ? [] : sources(path);
    const read = /\.(svelte|ts)$/.test(entry.name) && !/^(en|ko)\.ts$|\.test\.ts$|schema\.d\.ts$/.test(entry.name);
    return read ? [readFileSync(path, 'utf8')] : [];
  });
}

/** How often each key stands in the pages of a catalogue. */
function timesWritten(language: 'en' | 'ko') {
  const times = new Map<string, number>();
  const folder = join('src/lib/language', language);
  for (const name of readdirSync(folder)) {
    for (const [, quoted, plain] of readFileSync(join(folder, name), 'utf8').matchAll(/^  (?:'([^']+)'|(\w+)):/gm)) {
      times.set((quoted ?? plain)!, (times.get((quoted ?? plain)!) ?? 0) + 1);
    }
  }
  return times;
}

/** The values that a message asks for. */
function names(message: string) {
  const asked = new Set<string>();
  const values = new Proxy({}, { get: (_, name) => (asked.add(String(name)), 2) });
  format(message, values, 'en');
  return [...asked].sort();
}

describe('the catalogues', () => {
  test('have the same keys', () => {
    expect(Object.keys(ko).sort()).toEqual([...keys].sort());
  });

  test.each(['en', 'ko'] as const)('say nothing twice in %s, where the later page would win unseen', (language) => {
    const times = timesWritten(language);
    expect(times.size).toBe(keys.length);
    expect([...times].filter(([, count]) => count > 1)).toEqual([]);
  });

  test.each(keys)('%s takes the same values in both languages and is not empty', (key) => {
    expect(names(ko[key])).toEqual(names(en[key]));
    expect(ko[key]).not.toBe('');
  });

  test.each([['en', en], ['ko', ko]] as const)('have the plural forms that %s has, and no others', (language, catalogue) => {
    const forms = [...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort();
    for (const [key, message] of Object.entries(catalogue)) {
      for (const [, written] of message.matchAll(/\{\w+, plural,((?:\s*(?:=\d+|\w+) \{[^{}]*\})+)\}/g)) {
        const names = [...written!.matchAll(/(=\d+|\w+) \{/g)].map(([, name]) => name!).filter((name) => !name.startsWith('='));
        expect(names.sort(), `${language} ${key}`).toEqual(forms);
      }
      // What is no plural that `format` reads would be shown as it is written.
      expect(message.replace(/\{\w+, plural,(?:\s*(?:=\d+|\w+) \{[^{}]*\})+\}|\{\w+\}/g, ''), `${language} ${key}`).not.toMatch(/[{}]/);
    }
  });

  test('hold no text that the app does not use', () => {
    const code = sources('src').join('\n');
    expect(keys.filter((key) => !composed.test(key) && !code.includes(`'${key}'`))).toEqual([]);
  });

  test('hold every text that the app uses', () => {
    const used = sources('src').flatMap((code) => [...code.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key]) => key!));
    expect(used.length).toBeGreaterThan(50);
    expect(used.filter((key) => !(key in en))).toEqual([]);
  });
});

describe('format', () => {
  test('chooses the plural form and writes numbers as the language does', () => {
    const message = '{count, plural, =0 {none} one {# picture} other {# pictures}} in {album}';
    const say = (count: number) => format(message, { count, album: 'Jeju' }, 'en');
    expect([say(0), say(1), say(12345)]).toEqual(['none in Jeju', '1 picture in Jeju', '12,345 pictures in Jeju']);
  });

  test('leaves a value with braces or dollar signs as it is', () => {
    expect(format('“{name}”', { name: '{count} $& #' }, 'ko')).toBe('“{count} $& #”');
  });
});

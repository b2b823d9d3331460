import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The messages of a language as they are written, by their keys. */
function messagesOf(language) {
  const folder = join(import.meta.dirname, '../src/lib/language', language);
  const words = new Map();
  for (const name of readdirSync(folder)) {
    for (const [, quoted, plain, single, double] of readFileSync(join(folder, name), 'utf8').matchAll(/^ {2}(?:'([^']+)'|(\w+)): (?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"),$/gm)) {
      words.set(quoted ?? plain, single ?? double);
    }
  }
  return words;
}

/** What the app says in a language, so that a journey finds its way in each. */
export function wordsOf(language) {
  const words = messagesOf(language);
  /** Plurals are for tests that know the number: `{count, plural, …}` becomes the form for others. */
  return (key, values = {}) => {
    if (!words.has(key)) throw new Error(`no words for ${key} in ${language}`);
    const form = (forms, count) => (count === 1 && /one \{([^{}]*)\}/.exec(forms)?.[1]) || /other \{([^{}]*)\}/.exec(forms)[1];
    return words
      .get(key)
      .replace(/\{(\w+), plural,((?:\s*(?:=\d+|\w+) \{[^{}]*\})+)\}/g, (_, name, forms) => form(forms, values[name]).replaceAll('#', String(values[name])))
      .replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  };
}

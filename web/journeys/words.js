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

const plural = /\{(\w+), plural,((?:\s*(?:=\d+|\w+) \{[^{}]*\})+)\}/;
const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Every form of a message as an expression that finds its values again. */
function formsOf(message) {
  const found = plural.exec(message);
  if (found) return [...found[2].matchAll(/\{([^{}]*)\}/g)].flatMap(([, form]) => formsOf(message.replace(plural, form.replaceAll('#', `{${found[1]}}`))));
  const names = [];
  const source = message
    .split(/\{(\w+)\}/)
    .map((part, at) => (at % 2 === 0 ? literal(part) : names.push(part) && '(.+)'))
    .join('');
  return [{ expression: new RegExp(`^${source}$`, 'i'), names, bare: literal(message) === source }];
}

/**
 * Names stand between marks that isolate their direction, as the app puts them there, but not everywhere.
 *
 * Says what a journey that is written in English means in another language: all that the app may call it, as one English word
 * may be several there. What is no message of the app, as a name or a file's, stays as it is.
 */
export function translation(language) {
  // What has no words of its own, as the lists of two, would be found in everything.
  const worded = [...messagesOf('en')].filter(([, message]) => /\p{L}{2}/u.test(message.replace(/\{\w+\}/g, '')));
  const english = worded.flatMap(([key, message]) => formsOf(message).map((form) => ({ key, message, ...form })));
  const say = wordsOf(language);
  const valuesOf = ({ expression, names }, text) => {
    const found = expression.exec(text);
    return found && Object.fromEntries(names.map((name, at) => [name, /^\d+$/.test(found[at + 1]) ? Number(found[at + 1]) : `\u2068${found[at + 1]}\u2069`]));
  };
  const known = new Map();
  return (text) => {
    if (!known.has(text)) {
      const whole = english.filter(({ expression }) => expression.test(text));
      // Plain messages are meant before those that have a place for anything.
      const meant = whole.some(({ bare }) => bare) ? whole.filter(({ bare }) => bare) : whole;
      const said = meant.map((form) => say(form.key, valuesOf(form, text)));
      // A part of a sentence stands for the sentence.
      if (said.length === 0 && text.length >= 8) said.push(...english.filter(({ bare, message }) => bare && !plural.test(message) && message.toLowerCase().includes(text.toLowerCase())).map(({ key }) => say(key)));
      known.set(text, [...new Set(said)]);
    }
    return known.get(text);
  };
}

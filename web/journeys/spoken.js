import { translation } from './words.js';

const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/[\u2068\u2069]/g, '$&?');
const finders = new Set(['getByText', 'getByLabel', 'getByPlaceholder', 'getByTitle', 'getByAltText']);
const others = new Set(['getByRole', 'locator', 'filter', 'first', 'last', 'nth', 'and', 'or']);

/** A page in that language, for a journey that is written in English: what it looks for by words is found by what the app says there. */
export function spoken(page, language) {
  const meaning = translation(language);
  /** Names are whole: Korean words are short, and one is often the end of another. */
  const words = (text, whole) => {
    if (typeof text !== 'string') return text;
    const said = meaning(text);
    if (said.length === 0) return text;
    const any = said.map(literal).join('|');
    return whole ? new RegExp(`^(?:${any})$`) : new RegExp(any);
  };
  const options = (given) => given && { ...given, ...('name' in given && { name: words(given.name, true) }), ...('hasText' in given && { hasText: words(given.hasText) }) };
  const wrap = (target) =>
    new Proxy(target, {
      get(own, property) {
        const value = own[property];
        if (typeof value !== 'function') return value;
        if (finders.has(property)) return (text, given) => wrap(value.call(own, words(text, given?.exact ?? property === 'getByLabel'), given));
        if (property === 'filter') return (given) => wrap(value.call(own, options(given)));
        if (others.has(property)) return (first, given) => wrap(value.call(own, first, options(given)));
        if (property === 'all') return async () => (await value.call(own)).map(wrap);
        return value.bind(own);
      },
    });
  return wrap(page);
}

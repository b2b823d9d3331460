type Values = Record<string, string | number>;

/**
 * The part of ICU MessageFormat that we need: `{name}`, and `{count, plural, one {# picture} other {# pictures}}` with `#`
 * for the number. Numbers are written the way the language writes them.
 */
export function format(message: string, values: Values, language: string): string {
  return message.replace(/\{(\w+)(?:, plural,((?:\s*(?:=\d+|\w+) \{[^{}]*\})+))?\}/g, (_, name: string, forms?: string) => {
    const value = values[name] ?? '';
    const text = typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value;
    return forms === undefined ? text : chooseForm(forms, Number(value), language).replaceAll('#', text);
  });
}

function chooseForm(forms: string, count: number, language: string): string {
  const byName = new Map([...forms.matchAll(/(=\d+|\w+) \{([^{}]*)\}/g)].map(([, name, form]) => [name, form ?? '']));
  return byName.get(`=${count}`) ?? byName.get(new Intl.PluralRules(language).select(count)) ?? byName.get('other') ?? '';
}

/** A name inside of a sentence, which its own direction must not turn around. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}

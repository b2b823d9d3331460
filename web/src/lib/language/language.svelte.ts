import { en, type MessageKey } from './en';
import { format } from './format';
import { ko } from './ko';

export const languages = { en: 'English', ko: '한국어' } as const;
export type Language = keyof typeof languages;

const catalogues: Record<Language, Record<MessageKey, string>> = { en, ko };
const storageKey = 'picup.language';

function isLanguage(value: string | null | undefined): value is Language {
  return value !== null && value !== undefined && value in languages;
}

function preferred(): Language {
  const stored = globalThis.localStorage?.getItem(storageKey);
  if (isLanguage(stored)) return stored;
  return navigator.languages?.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en';
}

let current = $state<Language>(preferred());

export const language = {
  get current() {
    return current;
  },
  choose(chosen: Language) {
    current = chosen;
    localStorage.setItem(storageKey, chosen);
    document.documentElement.lang = chosen;
  },
};

export function t(key: MessageKey, values: Record<string, string | number> = {}): string {
  return format(catalogues[current][key], values, current);
}

export function isMessage(key: string): key is MessageKey {
  return key in en;
}

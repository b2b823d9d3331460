/** As the languages call themselves, whichever the app is in. */
export const languageNames = { en: 'English', ko: '한국어' };

/** How long ago something was that has just happened. */
export function justNow(language) {
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(0, 'second');
}

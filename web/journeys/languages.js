/** As the languages call themselves, whichever the app is in. */
export const languageNames = { en: 'English', ko: '한국어' };

/** How long ago something was that has just happened. */
export function justNow(language) {
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(0, 'second');
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** A size as the app writes it: see src/lib/language/sizes.ts. */
export function sizeIn(language, bytes) {
  let step = 0;
  while (step < units.length - 1 && Math.round(bytes / 1000 ** step) >= 1000) step++;
  const value = bytes / 1000 ** step;
  const maximumFractionDigits = step > 1 && value < 100 ? 1 : 0;
  return new Intl.NumberFormat(language, { style: 'unit', unit: units[step], unitDisplay: step === 0 ? 'long' : 'short', maximumFractionDigits }).format(value);
}

/** The day of an instant, where the viewer is: see src/lib/language/dates.ts. */
export function dayIn(language, instant) {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'Asia/Seoul' }).format(new Date(instant));
}

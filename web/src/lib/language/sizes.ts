import { language } from './language.svelte';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

export function sizeName(bytes: number): string {
  const fitting = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  // What would be rounded to 1,000 of a unit is one of the next.
  const step = fitting < units.length - 1 && Math.round(bytes / 1000 ** fitting) >= 1000 ? fitting + 1 : fitting;
  const value = bytes / 1000 ** step;
  return new Intl.NumberFormat(language.current, {
    style: 'unit',
    unit: units[step],
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step > 1 && value < 100 ? 1 : 0,
  }).format(value);
}

/** `3:07`, or `1:02:03` from an hour on. */
export function durationName(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  if (seconds >= 3600) parts.unshift(Math.floor(seconds / 3600));
  return parts.map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** How long something will take yet, as roughly as one can know it: `40 sec`, `12 min`, `3 hr`. */
export function spanName(seconds: number): string {
  const say = (value: number, unit: string) => new Intl.NumberFormat(language.current, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
  if (seconds < 60) return say(Math.max(10, Math.ceil(seconds / 10) * 10), 'second');
  return seconds < 5_400 ? say(Math.round(seconds / 60), 'minute') : say(Math.round(seconds / 3_600), 'hour');
}

/** `1.5×`. */
export function speedName(speed: number): string {
  return `${new Intl.NumberFormat(language.current).format(speed)}×`;
}

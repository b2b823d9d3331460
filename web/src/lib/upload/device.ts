/** Which of two that a browser claims to be is right: all claim to be Safari, and most Chrome. */
const browsers: [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|OPiOS\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const systems: [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/Linux/, 'Linux'],
];

const storageKey = 'picup.device';
/** As many characters as the server keeps. */
export const longestDeviceName = 100;

function first(claims: [RegExp, string][], userAgent: string): string | undefined {
  return claims.find(([pattern]) => pattern.test(userAgent))?.[1];
}

/** `Chrome on Android`. An English name, because the server keeps it and it must stay the same when the language changes. */
export function nameFrom(userAgent: string): string {
  const [browser, system] = [first(browsers, userAgent) ?? 'Browser', first(systems, userAgent)];
  return system === undefined ? browser : `${browser} on ${system}`;
}

/** What uploads from this browser say they come from: what the person called the device, or else what the browser is. */
export function deviceName(): string {
  return localStorage.getItem(storageKey) ?? nameFrom(navigator.userAgent);
}

/** Uploads from now on come from a device of this name; an empty one goes back to what the browser is. */
export function nameDevice(name: string) {
  const trimmed = name.trim().slice(0, longestDeviceName);
  if (trimmed === '') localStorage.removeItem(storageKey);
  else localStorage.setItem(storageKey, trimmed);
}

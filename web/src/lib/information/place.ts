export interface Place {
  latitude: number;
  longitude: number;
}

const pattern = /(?<before>[NSEW])?\s*(?<degrees>[+-]?\d+(?:\.\d+)?)\s*[°º]?\s*(?:(?<minutes>\d+(?:\.\d+)?)\s*['′]\s*(?:(?<seconds>\d+(?:\.\d+)?)\s*["″]\s*)?)?(?<after>[NSEW])?/giy;

interface Angle {
  value: number;
  letter: string;
}

/** All angles of a text, and null when it holds anything else. */
function anglesOf(text: string): Angle[] | null {
  const angles: Angle[] = [];
  let at = 0;
  while (at < text.length) {
    const gap = /[\s,;]*/y;
    gap.lastIndex = at;
    at += gap.exec(text)![0].length;
    if (at >= text.length) break;
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) return null;
    at = pattern.lastIndex;
    const { before, degrees, minutes, seconds, after } = found.groups!;
    if (before && after) return null;
    const whole = Number(degrees);
    const size = Math.abs(whole) + Number(minutes ?? 0) / 60 + Number(seconds ?? 0) / 3600;
    const letter = (before ?? after ?? '').toUpperCase();
    const negative = degrees!.startsWith('-') || letter === 'S' || letter === 'W';
    angles.push({ value: negative ? -size : size, letter });
  }
  return angles;
}

/**
 * Reads coordinates as maps show them: `37.5665, 126.978`, `37.5665N 126.978E`, `37°33'59.4"N 126°58'40.8"E`. Latitude comes
 * first unless letters say otherwise. Null for anything else, and for what is on no map.
 */
export function parsePlace(text: string): Place | null {
  const angles = anglesOf(text.trim());
  if (angles?.length !== 2) return null;
  const [first, second] = angles as [Angle, Angle];
  const turned = /[EW]/.test(first.letter) || /[NS]/.test(second.letter);
  const [latitude, longitude] = turned ? [second, first] : [first, second];
  if (/[EW]/.test(latitude.letter) || /[NS]/.test(longitude.letter)) return null;
  if (!(Math.abs(latitude.value) <= 90 && Math.abs(longitude.value) <= 180)) return null;
  return { latitude: latitude.value, longitude: longitude.value };
}

/** To five decimals, which is a metre. */
export function placeText({ latitude, longitude }: Place): string {
  return `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
}

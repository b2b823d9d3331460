import { sliders, type Tones } from './recipe';

/*
 * Light and colour. `v` is a channel of an sRGB pixel, 0 to 1; sliders are −1 to 1. The server's `ToneCurves` has the table of
 * these formulas and why they are so; both are held to `edit/tones.json` by a test.
 */

const luma = [0.2126, 0.7152, 0.0722] as const;
const shades = 256;

export type Curves = readonly [Uint8Array, Uint8Array, Uint8Array];

export function isNeutral(tones: Tones): boolean {
  return sliders.every((slider) => tones[slider] === 0);
}

/** What becomes of each shade of red, green and blue, before saturation. */
export function curvesOf(tones: Tones): Curves {
  const warmth = tones.warmth / 100;
  const red = 2 ** (warmth / 2);
  const blue = 2 ** (-warmth / 2);
  const white = luma[0] * red + luma[1] + luma[2] * blue;
  const exposure = 2 ** (tones.exposure / 50);
  const curve = (gain: number) => Uint8Array.from({ length: shades }, (_, shade) => bent(shade, exposure * gain, tones));
  return [curve(red / white), curve(1 / white), curve(blue / white)];
}

function bent(shade: number, gain: number, tones: Tones): number {
  let v = encoded(Math.min(1, linear(shade / 255) * gain));
  const shadows = tones.shadows / 100;
  v += (shadows > 0 ? 2 * shadows : shadows) * v * (1 - v) ** 3;
  const highlights = tones.highlights / 100;
  v += (highlights < 0 ? 2 * highlights : highlights) * (1 - v) * v ** 3;
  v += (tones.contrast / 100) * v * (1 - v) * (2 * v - 1);
  return Math.floor(Math.min(1, Math.max(0, v)) * 255 + 0.5);
}

/** IEC 61966-2-1 */
function linear(v: number) {
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
}

function encoded(light: number) {
  return light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
}

/** Writes what the tones make of `from`, rows of red, green, blue and opacity, to `to`. */
export function applyTones(from: Uint8ClampedArray, to: Uint8ClampedArray, tones: Tones) {
  const [reds, greens, blues] = curvesOf(tones);
  const more = 1 + tones.saturation / 100;
  for (let at = 0; at < from.length; at += 4) {
    const red = reds[from[at]!]!;
    const green = greens[from[at + 1]!]!;
    const blue = blues[from[at + 2]!]!;
    if (more === 1) {
      to[at] = red;
      to[at + 1] = green;
      to[at + 2] = blue;
    } else {
      const grey = luma[0] * red + luma[1] * green + luma[2] * blue;
      // The array cuts at 0 and 255; it would round halves to even.
      to[at] = Math.floor(grey + more * (red - grey) + 0.5);
      to[at + 1] = Math.floor(grey + more * (green - grey) + 0.5);
      to[at + 2] = Math.floor(grey + more * (blue - grey) + 0.5);
    }
    to[at + 3] = from[at + 3]!;
  }
}

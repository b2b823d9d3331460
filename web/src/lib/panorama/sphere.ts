import type { Picture } from '$lib/api/client';

/** A flat picture on the inside of a sphere or cylinder, of which it may cover a part only. */
export type Panorama = NonNullable<Picture['detail']['panorama']> & { width: number; height: number };

/** Where one looks, in degrees: right and up are positive, 0 is the middle of the whole; `fov` is the height of what is seen. */
export interface Look {
  yaw: number;
  pitch: number;
  fov: number;
}

/** What there is to be seen, in degrees. */
export interface Extent {
  left: number;
  right: number;
  bottom: number;
  top: number;
}

/** As wide as a wide-angle lens; beyond it edges are stretched beyond recognition. */
const widestFov = 90;
/** Nearer than this even a large panorama shows only its pixels. */
const narrowestFov = 15;
const startFov = 65;

const degrees = (radians: number) => (radians * 180) / Math.PI;
const tangent = (angle: number) => Math.tan((angle * Math.PI) / 180);

/** The circumference of a cylinder is the whole width, so this is its radius in pixels. */
export function radiusOf({ fullWidth }: Panorama): number {
  return fullWidth / (2 * Math.PI);
}

export function extentOf(panorama: Panorama): Extent {
  const { projection, fullWidth, fullHeight, left, top, width, height } = panorama;
  const share = Math.min(1, width / fullWidth);
  const pitchAt = (y: number) =>
    projection === 'cylindrical' ? degrees(Math.atan((fullHeight / 2 - y) / radiusOf(panorama))) : 90 - (Math.min(y, fullHeight) / fullHeight) * 180;
  const from = (left / fullWidth) * 360 - 180;
  return { left: from, right: from + share * 360, top: pitchAt(top), bottom: pitchAt(top + height) };
}

/** Goes all the way round. A stitcher may lose a few columns. */
export function isRound({ left, right }: Extent): boolean {
  return right - left > 359;
}

/** Worth to be looked at from within at once; anything narrower is a wide photo first. */
export function surrounds(panorama: Panorama): boolean {
  const { left, right } = extentOf(panorama);
  return right - left >= 180;
}

/** The width of what is seen, in degrees. */
export function widthSeen(fov: number, ratio: number): number {
  return 2 * degrees(Math.atan(tangent(fov / 2) * ratio));
}

/** Keeps the look on the picture: no further out, and no further to a side, than there is something to see. */
export function held(look: Look, extent: Extent, ratio: number): Look {
  const wide = extent.right - extent.left;
  const widest = wide < 179 ? 2 * degrees(Math.atan(tangent(wide / 2) / ratio)) : widestFov;
  const most = Math.min(widestFov, widest, extent.top - extent.bottom);
  const fov = Math.min(most, Math.max(Math.min(narrowestFov, most), look.fov));
  const pitch = between(look.pitch, extent.bottom, extent.top, reach(fov, extent));
  const yaw = isRound(extent) ? wrapped(look.yaw) : between(look.yaw, extent.left, extent.right, widthSeen(fov, ratio) / 2);
  return { yaw, pitch, fov };
}

/** Up to a pole one may look straight; at any other edge what is seen ends there. */
function reach(fov: number, { top, bottom }: Extent) {
  return { low: bottom <= -89.5 ? 0 : fov / 2, high: top >= 89.5 ? 0 : fov / 2 };
}

function between(value: number, low: number, high: number, margin: number | { low: number; high: number }): number {
  const { low: below, high: above } = typeof margin === 'number' ? { low: margin, high: margin } : margin;
  const [least, most] = [low + below, high - above];
  return least > most ? (low + high) / 2 : Math.min(most, Math.max(least, value));
}

function wrapped(yaw: number): number {
  return ((((yaw + 180) % 360) + 360) % 360) - 180;
}

/** The first look: at the middle of what there is. */
export function startOf(extent: Extent, ratio: number): Look {
  const yaw = isRound(extent) ? 0 : (extent.left + extent.right) / 2;
  const middle = (extent.top + extent.bottom) / 2;
  return held({ yaw, pitch: Math.abs(middle) < 1 ? 0 : middle, fov: startFov }, extent, ratio);
}

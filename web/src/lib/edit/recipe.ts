import type { Picture } from '$lib/api/client';

/** Parts of the sides of the turned picture, 0 to 1. */
export interface Crop {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const sliders = ['exposure', 'contrast', 'highlights', 'shadows', 'warmth', 'saturation'] as const;
export type Slider = (typeof sliders)[number];

/** Each −100 to 100. */
export type Tones = Record<Slider, number>;

/**
 * What is made of a photo, in this order: turned clockwise by quarters, mirrored left to right, straightened clockwise about
 * its centre, cropped, then light and colour. The server's `Recipe` does the same.
 */
export interface Recipe {
  turns: number;
  mirrored: boolean;
  straightenDegrees: number;
  crop: Crop;
  tones: Tones;
}

export const mostDegrees = 45;
export const wholeCrop: Crop = { x: 0, y: 0, width: 1, height: 1 };
export const neutral: Tones = { exposure: 0, contrast: 0, highlights: 0, shadows: 0, warmth: 0, saturation: 0 };
export const nothing: Recipe = { turns: 0, mirrored: false, straightenDegrees: 0, crop: wholeCrop, tones: neutral };

export function sameRecipe(one: Recipe, other: Recipe): boolean {
  const keys = ['x', 'y', 'width', 'height'] as const;
  return (
    one.turns === other.turns &&
    one.mirrored === other.mirrored &&
    one.straightenDegrees === other.straightenDegrees &&
    keys.every((key) => Math.abs(one.crop[key] - other.crop[key]) < 1e-6) &&
    sliders.every((slider) => one.tones[slider] === other.tones[slider])
  );
}

/** What is wanted of a picture now. */
export function recipeOf(picture: Picture): Recipe {
  const wanted = picture.edit?.recipe;
  if (!wanted) return nothing;
  return {
    turns: wanted.turns ?? 0,
    mirrored: wanted.mirrored ?? false,
    straightenDegrees: wanted.straightenDegrees ?? 0,
    crop: wanted.crop ?? wholeCrop,
    tones: { ...neutral, ...Object.fromEntries(Object.entries(wanted.tones ?? {}).map(([name, value]) => [name, value ?? 0])) },
  };
}

/** Only a photo that stands still and can be shown. */
export function isEditable(picture: Picture): boolean {
  return picture.kind === 'photo' && picture.state === 'ready' && picture.detail.frames === 1 && picture.width !== null;
}

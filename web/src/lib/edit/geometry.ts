import { wholeCrop, type Crop, type Recipe } from './recipe';

export interface Size {
  width: number;
  height: number;
}

export type Handle = 'move' | 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | 'nw';

/** What the server takes at least (`Recipe.LEAST_SIDE_PX`), and what a finger can still hold. */
const leastPx = 16;
const leastPart = 0.04;

/** The frame of a picture after its quarter turns. */
export function frameOf(picture: Size, turns: number): Size {
  return turns % 2 === 0 ? picture : { width: picture.height, height: picture.width };
}

/** Whether there is picture everywhere in the crop when it is turned about its centre. */
export function isInside(crop: Crop, degrees: number, frame: Size): boolean {
  const edge = 1e-9;
  if (crop.x < -edge || crop.y < -edge || crop.x + crop.width > 1 + edge || crop.y + crop.height > 1 + edge) return false;
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [crop.x, crop.x + crop.width].every((x) =>
    [crop.y, crop.y + crop.height].every((y) => {
      const right = (x - 0.5) * frame.width;
      const down = (y - 0.5) * frame.height;
      return (
        Math.abs(right * cos + down * sin) <= frame.width * (0.5 + edge) && Math.abs(down * cos - right * sin) <= frame.height * (0.5 + edge)
      );
    }),
  );
}

function between(from: Crop, to: Crop, part: number): Crop {
  const mix = (one: number, other: number) => one + (other - one) * part;
  return { x: mix(from.x, to.x), y: mix(from.y, to.y), width: mix(from.width, to.width), height: mix(from.height, to.height) };
}

/** As far from one crop, which is inside, to another as stays inside. The crops that are inside are convex, so halving finds it. */
export function asFarAs(from: Crop, to: Crop, degrees: number, frame: Size): Crop {
  if (isInside(to, degrees, frame)) return to;
  let [low, high] = [0, 1];
  for (let times = 0; times < 24; times++) {
    const middle = (low + high) / 2;
    if (isInside(between(from, to, middle), degrees, frame)) low = middle;
    else high = middle;
  }
  return between(from, to, low);
}

/** The crop, made smaller and moved towards the centre as much as straightening needs. */
export function fitted(crop: Crop, degrees: number, frame: Size): Crop {
  const tiny = 1e-4;
  const seed = { x: 0.5 - (crop.width * tiny) / 2, y: 0.5 - (crop.height * tiny) / 2, width: crop.width * tiny, height: crop.height * tiny };
  return asFarAs(seed, crop, degrees, frame);
}

/** The largest crop of this ratio (of pixels) around the centre of the frame. */
export function largestOf(ratio: number, frame: Size): Crop {
  const relative = (ratio * frame.height) / frame.width;
  const width = Math.min(1, relative);
  const height = Math.min(1, 1 / relative);
  return { x: (1 - width) / 2, y: (1 - height) / 2, width, height };
}

export function leastOf(frame: Size): Size {
  return {
    width: Math.min(1, Math.max(leastPart, leastPx / frame.width)),
    height: Math.min(1, Math.max(leastPart, leastPx / frame.height)),
  };
}

/**
 * Moves a handle, or all of the crop. With a ratio (of pixels), a corner keeps the opposite one where it is, and an edge the middle of
 * the opposite one.
 */
export function dragged(crop: Crop, handle: Handle, dx: number, dy: number, ratio: number | null, degrees: number, frame: Size): Crop {
  if (handle === 'move') {
    const sideways = asFarAs(crop, { ...crop, x: crop.x + dx }, degrees, frame);
    return asFarAs(sideways, { ...sideways, y: sideways.y + dy }, degrees, frame);
  }
  const least = leastOf(frame);
  const grow = (handle.includes('e') ? dx : handle.includes('w') ? -dx : 0) as number;
  const rise = (handle.includes('s') ? dy : handle.includes('n') ? -dy : 0) as number;
  const width = Math.max(least.width, crop.width + grow);
  const height = Math.max(least.height, crop.height + rise);
  if (ratio !== null) return asFarAs(crop, anchored(crop, handle, ofRatio(crop, handle, width, height, ratio, frame, least)), degrees, frame);
  const sideways = asFarAs(crop, anchored(crop, handle, { width, height: crop.height }), degrees, frame);
  return asFarAs(sideways, anchored(sideways, handle, { width: sideways.width, height }), degrees, frame);
}

function ofRatio(crop: Crop, handle: Handle, width: number, height: number, ratio: number, frame: Size, least: Size): Size {
  const relative = (ratio * frame.height) / frame.width;
  const byWidth = handle === 'e' || handle === 'w' || (handle.length === 2 && Math.abs(width - crop.width) >= Math.abs(height - crop.height) * relative);
  const wanted = Math.max(byWidth ? width : height * relative, least.width, least.height * relative);
  return { width: wanted, height: wanted / relative };
}

function anchored(crop: Crop, handle: Handle, size: Size): Crop {
  const x = handle.includes('w') ? crop.x + crop.width - size.width : handle.includes('e') ? crop.x : crop.x + (crop.width - size.width) / 2;
  const y = handle.includes('n') ? crop.y + crop.height - size.height : handle.includes('s') ? crop.y : crop.y + (crop.height - size.height) / 2;
  return { x, y, ...size };
}

/** All that is shown, turned clockwise by a quarter. Turning after mirroring is mirroring after turning back. */
export function turnedRight(recipe: Recipe): Recipe {
  const { x, y, width, height } = recipe.crop;
  return { ...recipe, turns: (recipe.turns + (recipe.mirrored ? 3 : 1)) % 4, crop: { x: 1 - y - height, y: x, width: height, height: width } };
}

export function turnedLeft(recipe: Recipe): Recipe {
  return turnedRight(turnedRight(turnedRight(recipe)));
}

/** All that is shown, mirrored left to right. */
export function mirrored(recipe: Recipe): Recipe {
  const { crop } = recipe;
  return { ...recipe, mirrored: !recipe.mirrored, straightenDegrees: 0 - recipe.straightenDegrees, crop: { ...crop, x: 1 - crop.x - crop.width } };
}

/** Without what sums of fractions add, as the server takes it. */
export function tidied(crop: Crop): Crop {
  const x = Math.min(1, Math.max(0, crop.x));
  const y = Math.min(1, Math.max(0, crop.y));
  const tidy = { x, y, width: Math.min(crop.width, 1 - x), height: Math.min(crop.height, 1 - y) };
  return tidy.width > 1 - 1e-6 && tidy.height > 1 - 1e-6 ? wholeCrop : tidy;
}

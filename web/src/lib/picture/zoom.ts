/** How a picture is moved and enlarged on its stage; `x` and `y` shift its centre from the stage's, in pixels. */
export interface View {
  scale: number;
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export const fitted: View = { scale: 1, x: 0, y: 0 };

/** Beyond this even a large photo shows only its pixels. */
const mostScale = 12;

/** Enlarges around a point (from the stage's centre), which stays where it is. */
export function zoomAt(view: View, factor: number, point: { x: number; y: number }, stage: Size, shown: Size): View {
  const scale = Math.min(mostScale, Math.max(1, view.scale * factor));
  const growth = scale / view.scale;
  return held({ scale, x: point.x - (point.x - view.x) * growth, y: point.y - (point.y - view.y) * growth }, stage, shown);
}

/** Keeps the picture on the stage: it can be moved only as far as it reaches beyond the edges. */
export function held(view: View, stage: Size, shown: Size): View {
  const spareX = Math.max(0, (shown.width * view.scale - stage.width) / 2);
  const spareY = Math.max(0, (shown.height * view.scale - stage.height) / 2);
  return { scale: view.scale, x: between(view.x, spareX), y: between(view.y, spareY) };
}

function between(value: number, most: number) {
  return most === 0 ? 0 : Math.min(most, Math.max(-most, value));
}

/** The size of a picture fitted into its stage. */
export function fitInto(stage: Size, ratio: number): Size {
  const width = Math.min(stage.width, stage.height * ratio);
  return { width, height: width / ratio };
}

/** The part of TopoJSON (1.0) in which world-atlas has the land: quantised arcs, shared by the rings of polygons. */
interface Topology {
  transform: { scale: [number, number]; translate: [number, number] };
  arcs: [number, number][][];
  objects: { land: { geometries: { type: string; arcs: unknown }[] } };
}

/** Longitude and latitude, in degrees. */
export type Point = readonly [number, number];

export interface Bounds {
  west: number;
  east: number;
  south: number;
  north: number;
}

/** The rings of all land. */
export function ringsOf({ transform, arcs, objects }: Topology): Point[][] {
  const drawn = arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([right, up]): Point => {
      x += right;
      y += up;
      return [x * transform.scale[0] + transform.translate[0], y * transform.scale[1] + transform.translate[1]];
    });
  });
  // A negative index means the arc of its complement, backwards; each begins where the one before has ended.
  const ring = (indexes: number[]) => indexes.flatMap((index, at) => (index < 0 ? drawn[~index]!.toReversed() : drawn[index]!).slice(at === 0 ? 0 : 1));
  return objects.land.geometries.flatMap(({ type, arcs: shape }) =>
    type === 'MultiPolygon' ? (shape as number[][][]).flatMap((polygon) => polygon.map(ring)) : (shape as number[][]).map(ring),
  );
}

export function boundsOf(points: readonly Point[]): Bounds {
  const bounds = { west: Infinity, east: -Infinity, south: Infinity, north: -Infinity };
  for (const [longitude, latitude] of points) {
    bounds.west = Math.min(bounds.west, longitude);
    bounds.east = Math.max(bounds.east, longitude);
    bounds.south = Math.min(bounds.south, latitude);
    bounds.north = Math.max(bounds.north, latitude);
  }
  return bounds;
}

export function overlap(one: Bounds, other: Bounds): boolean {
  return one.west <= other.east && one.east >= other.west && one.south <= other.north && one.north >= other.south;
}

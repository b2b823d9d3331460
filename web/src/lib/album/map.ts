import { boundsOf, type Bounds, type Point } from './coast';

/** Mercator gives up before the poles. */
const mostLatitude = 85;
/** A single place is shown with what is around it, so wide. */
const smallestDegrees = 0.6;
/** Of the points' extent, on each side. */
const margin = 0.25;
const kilometresPerDegree = 111.32;

function mercator(latitude: number) {
  const held = Math.max(-mostLatitude, Math.min(mostLatitude, latitude));
  return (Math.log(Math.tan(Math.PI / 4 + (held * Math.PI) / 360)) * 180) / Math.PI;
}

function latitudeOf(y: number) {
  return (Math.atan(Math.exp((y * Math.PI) / 180)) * 360) / Math.PI - 90;
}

/** A map of a size on which all points are seen, with room around them. A journey across the date line is drawn as one that goes on. */
export class TripMap {
  readonly bounds: Bounds;
  readonly #scale: number;
  readonly #west: number;
  readonly #top: number;
  readonly #shifted: boolean;

  constructor(points: readonly Point[], readonly width: number, readonly height: number) {
    const plain = boundsOf(points);
    const east = points.map(([longitude, latitude]): Point => [longitude < 0 ? longitude + 360 : longitude, latitude]);
    const shifted = boundsOf(east);
    this.#shifted = plain.east - plain.west > 180 && shifted.east - shifted.west < plain.east - plain.west;
    const { west, east: right, south, north } = this.#shifted ? shifted : plain;
    const [low, high] = [mercator(south), mercator(north)];
    const spanX = Math.max(right - west, smallestDegrees) * (1 + 2 * margin);
    const spanY = Math.max(high - low, smallestDegrees) * (1 + 2 * margin);
    this.#scale = Math.min(width / spanX, height / spanY);
    this.#west = (west + right) / 2 - width / this.#scale / 2;
    this.#top = (low + high) / 2 + height / this.#scale / 2;
    this.bounds = { west: this.#west, east: this.#west + width / this.#scale, south: latitudeOf(this.#top - height / this.#scale), north: latitudeOf(this.#top) };
  }

  /** Where a point is drawn. */
  at([longitude, latitude]: Point): [number, number] {
    const x = this.#shifted && longitude < 0 ? longitude + 360 : longitude;
    return [(x - this.#west) * this.#scale, (this.#top - mercator(latitude)) * this.#scale];
  }

  path(points: readonly Point[], closed: boolean): string {
    return points.map((point, at) => `${at === 0 ? 'M' : 'L'}${this.at(point).map((value) => value.toFixed(1)).join(' ')}`).join('') + (closed ? 'Z' : '');
  }

  /** A round length that is at most `widest` pixels wide in the middle of the map. */
  scaleBar(widest: number): { kilometres: number; width: number } {
    const middle = (this.bounds.south + this.bounds.north) / 2;
    const pixels = this.#scale / (kilometresPerDegree * Math.cos((middle * Math.PI) / 180));
    const exact = widest / pixels;
    const power = 10 ** Math.floor(Math.log10(exact));
    const kilometres = [5, 2, 1].map((step) => step * power).find((length) => length <= exact) ?? power;
    return { kilometres, width: kilometres * pixels };
  }
}

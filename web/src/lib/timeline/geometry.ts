/** Where something stands that must not move while heights above it change: a fraction of a month, or a tile of it. */
export interface Anchor {
  month: string;
  pictureId: string | null;
  fraction: number;
  /** From the anchored thing's top to the top of what is seen. */
  offset: number;
}

export interface Section {
  readonly month: string;
  readonly height: number;
  /** The picture of the row at a depth, with the row's top; null while the section's shape is only estimated. */
  pictureAt(depth: number): { pictureId: string; top: number } | null;
  topOfPicture(pictureId: string): number | null;
}

/** The months under each other: which stands where, and how to find back to a place after heights have changed. */
export class Geometry {
  readonly tops: number[];
  readonly height: number;
  readonly #indexes = new Map<string, number>();

  constructor(readonly sections: readonly Section[]) {
    let top = 0;
    this.tops = sections.map((section, at) => {
      this.#indexes.set(section.month, at);
      const own = top;
      top += section.height;
      return own;
    });
    this.height = top;
  }

  indexOf(month: string): number {
    return this.#indexes.get(month) ?? -1;
  }

  /** The index of the section that holds `y`; the nearest one outside of the whole. */
  indexAt(y: number): number {
    let low = 0;
    let high = this.sections.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.tops[middle]! <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Indexes `[first, end)` of the sections that overlap the stretch. */
  overlapping(from: number, to: number): [number, number] {
    if (this.sections.length === 0 || to <= 0 || from >= this.height) return [0, 0];
    return [this.indexAt(from), this.indexAt(Math.max(from, to - 1)) + 1];
  }

  anchorAt(y: number): Anchor | null {
    const at = this.indexAt(y);
    const section = this.sections[at];
    if (!section) return null;
    const depth = y - this.tops[at]!;
    const picture = section.pictureAt(depth);
    return {
      month: section.month,
      pictureId: picture?.pictureId ?? null,
      fraction: section.height > 0 ? depth / section.height : 0,
      offset: picture ? depth - picture.top : 0,
    };
  }

  /** Where the anchor is now. A month that has vanished hands over to the next older one. */
  offsetOf(anchor: Anchor): number {
    let at = this.indexOf(anchor.month);
    if (at < 0) {
      at = this.sections.findIndex((section) => section.month < anchor.month);
      return at < 0 ? this.height : this.tops[at]!;
    }
    const section = this.sections[at]!;
    const top = anchor.pictureId === null ? null : section.topOfPicture(anchor.pictureId);
    return this.tops[at]! + (top === null ? anchor.fraction * section.height : top + anchor.offset);
  }
}

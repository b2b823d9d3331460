/** What a stroke checks and unchecks. */
export interface Checked {
  has(id: string): boolean;
  add(id: string): unknown;
  delete(id: string): unknown;
}

/** All pictures from one to another, both included, in the order of the list. */
export type Between = (one: string, other: string) => Promise<string[]>;

/**
 * A range of pictures drawn from one of them to wherever the pointer is: further on it takes in more, back it gives up again what it took and
 * leaves that as it was. It remembers the way it came, so a part of the list that has been let go meanwhile is not needed again.
 *
 * Pictures between two places may have to be loaded while the pointer moves on: one way is walked after the other, and of the places that were
 * pointed at meanwhile only the last counts.
 */
export class Stroke {
  /** The pictures it has taken, from its start on, and whether each was checked before. */
  readonly #way: { id: string; before: boolean }[] = [];
  readonly #places = new Map<string, number>();
  readonly #checks: boolean;
  #wanted: string | null = null;
  #walking: Promise<void> | null = null;

  /** Begins at a picture, and does to all what it does to that: checks it, or unchecks it if it was checked. */
  constructor(
    start: string,
    private readonly checked: Checked,
    private readonly between: Between,
  ) {
    this.#checks = !checked.has(start);
    this.#take(start);
  }

  get head(): string {
    return this.#way.at(-1)!.id;
  }

  get count(): number {
    return this.#way.length;
  }

  /** Leads the stroke to a picture. Resolves when it is there, or somewhere newer. */
  to(id: string): Promise<void> {
    this.#wanted = id;
    this.#walking ??= this.#walk().finally(() => (this.#walking = null));
    return this.#walking;
  }

  async #walk() {
    while (this.#wanted !== null) {
      const goal = this.#wanted;
      this.#wanted = null;
      if (goal === this.head) continue;
      const place = this.#places.get(goal);
      if (place !== undefined) this.#backTo(place);
      else for (const id of await this.#path(goal)) this.#step(id);
    }
  }

  /** From the head on to a picture, in the direction one walks. */
  async #path(goal: string): Promise<string[]> {
    const head = this.head;
    const ids = await this.between(head, goal);
    return ids[0] === head || ids.at(-1) === goal ? ids : ids.toReversed();
  }

  /** What was taken before lies behind: walking over it again, past the start, gives it up. */
  #step(id: string) {
    const place = this.#places.get(id);
    if (place === undefined) this.#take(id);
    else this.#backTo(place);
  }

  #take(id: string) {
    this.#places.set(id, this.#way.length);
    this.#way.push({ id, before: this.checked.has(id) });
    this.#check(id, this.#checks);
  }

  #backTo(place: number) {
    while (this.#way.length > place + 1) {
      const { id, before } = this.#way.pop()!;
      this.#places.delete(id);
      this.#check(id, before);
    }
  }

  #check(id: string, checked: boolean) {
    if (checked) this.checked.add(id);
    else this.checked.delete(id);
  }
}

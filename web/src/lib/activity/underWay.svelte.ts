import { api, data, type UnderWay } from '$lib/api/client';
import type { MessageKey } from '$lib/language/en';
import { whenPictureChanges } from '$lib/timeline/news';
import { whenWorkChanges } from './news';

/** An import tells of each picture; so often at most the server is asked. */
const gatherMs = 1_500;
/** While something is being done, it is asked at least so often: what ends without any news must not be shown for ever. */
const lookMs = 15_000;
/** As the server counts. */
const most = 10_000;

const storageKey = 'picup.troublesSeen';

export type WorkKind = 'pictures' | 'videos' | 'edits' | 'facts';
export const workKinds: readonly WorkKind[] = ['pictures', 'videos', 'edits', 'facts'];

export const workWords: Record<WorkKind, MessageKey> = {
  pictures: 'underWay.pictures',
  videos: 'underWay.videos',
  edits: 'underWay.edits',
  facts: 'underWay.facts',
};

function stored(): string[] {
  try {
    const seen: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(seen) ? seen.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
}

const nameOf = ({ id, what, version }: UnderWay['troubles'][number]) => `${what} ${id} ${version}`;

/** What is being done for the member, and what went wrong since somebody last looked. Asks nothing while nothing happens. */
class Work {
  told = $state.raw<UnderWay | null>(null);
  #seen = $state.raw<readonly string[]>(stored());
  /** Of everything there was to do since it began. */
  #whole = $state.raw(0);

  readonly left = $derived(this.told ? workKinds.reduce((sum, kind) => sum + this.told!.work[kind], this.told.archive ? 1 : 0) : 0);
  readonly troubles = $derived(this.told?.troubles.filter((trouble) => !this.#seen.includes(nameOf(trouble))) ?? []);
  /** From 0 to 1. */
  readonly done = $derived(this.#whole > 0 ? 1 - this.left / this.#whole : 0);

  /** Whether there may be more of a kind than was counted. */
  isMany(kind: WorkKind): boolean {
    return (this.told?.work[kind] ?? 0) >= most;
  }

  /** Listens, and asks when there is something to hear. Returns how to stop. */
  follow(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let dueAt = Infinity;
    let stopped = false;

    const later = (ms: number) => {
      const at = performance.now() + ms;
      if (stopped || at >= dueAt) return;
      clearTimeout(timer);
      dueAt = at;
      timer = setTimeout(() => void ask(), ms);
    };
    const ask = async () => {
      dueAt = Infinity;
      await this.load();
      if (this.left > 0) later(lookMs);
    };

    later(gatherMs); // the first screen goes first
    const stops = [whenWorkChanges(() => later(0)), whenPictureChanges(() => later(gatherMs))];
    return () => {
      stopped = true;
      clearTimeout(timer);
      for (const stop of stops) stop();
      this.told = null;
      this.#whole = 0;
    };
  }

  async load() {
    try {
      this.told = await data(api.GET('/api/under-way'));
    } catch {
      return; // what was known stays; the next news asks again
    }
    this.#whole = this.left === 0 ? 0 : Math.max(this.#whole, this.left);
  }

  /** What somebody has seen is not shown again, unless it fails anew. */
  dismiss() {
    this.#seen = (this.told?.troubles ?? []).map(nameOf);
    try {
      localStorage.setItem(storageKey, JSON.stringify(this.#seen));
    } catch {
      // Storage may be forbidden; then it is as if nobody had looked, in the next page.
    }
  }
}

export const work = new Work();

import { thumbHashToDataURL } from 'thumbhash';

type Deadline = Pick<IdleDeadline, 'timeRemaining'>;

interface Want {
  thumbHash: string;
  /** Null when nobody waits for it any more. */
  take: ((url: string) => void) | null;
}

const most = 2_000;
const made = new Map<string, string>();

/** What waits for the next pause. The last comes first: it is what one looks at. */
const wanted: Want[] = [];
let pausing = false;

/** Safari has no idle callbacks: one in a frame there. */
const pause: (run: (deadline: Deadline) => void) => unknown = globalThis.requestIdleCallback ?? ((run) => setTimeout(() => run({ timeRemaining: () => 0 }), 16));

function likeness(thumbHash: string): string {
  let url = made.get(thumbHash);
  if (url === undefined) {
    try {
      url = thumbHashToDataURL(Uint8Array.from(atob(thumbHash), (char) => char.charCodeAt(0)));
    } catch {
      url = '';
    }
    if (made.size >= most) made.clear();
    made.set(thumbHash, url);
  }
  return url;
}

function workOff(deadline: Deadline) {
  do {
    const { take, thumbHash } = wanted.pop()!;
    if (take) take(likeness(thumbHash));
  } while (wanted.length > 0 && deadline.timeRemaining() > 2);
  pausing = wanted.length > 0;
  if (pausing) pause(workOff);
}

/**
 * A blurred likeness as a data URL, to show until the thumbnail is there. Each costs a phone some milliseconds, so they are made in pauses, and
 * none for a thumbnail that came meanwhile. Returns how to want it no longer.
 */
export function wantPlaceholder(thumbHash: string, take: (url: string) => void): () => void {
  const known = made.get(thumbHash);
  if (known !== undefined) {
    take(known);
    return () => undefined;
  }
  const want: Want = { thumbHash, take };
  wanted.push(want);
  if (!pausing) pause(workOff);
  pausing = true;
  return () => {
    want.take = null;
  };
}

import { Problem } from '$lib/api/problem';
import type { Found } from './gather';
import { Pace } from './pace';
import type { Receipt, Send, Sending } from './sending';

export type UploadState = 'waiting' | 'sending' | 'paused' | 'added' | 'already-there' | 'sidecar' | 'deleted-before' | 'refused' | 'failed' | 'cancelled';

export const parallel = 3;
/** Waits before a repeat. */
const repeatMs = [1_000, 3_000, 10_000, 30_000];

export class Upload {
  state = $state<UploadState>('waiting');
  sentBytes = $state(0);
  problem = $state.raw<Problem | null>(null);
  /** What keeps it from going on at the moment; it is tried again by itself. */
  interruption = $state.raw<Problem | null>(null);
  receipt = $state.raw<Receipt | null>(null);
  force = false;
  /** Of the try that runs. */
  abort = new AbortController();

  constructor(
    readonly id: number,
    readonly file: File,
    readonly folder: string,
  ) {}

  get over() {
    return this.state !== 'waiting' && this.state !== 'sending' && this.state !== 'paused';
  }
}

/** The server or the way to it is away, which is no fault of the file: it is waited for as long as it takes. */
function isAway({ status }: Problem): boolean {
  return status === 0 || status === 429 || status === 502 || status === 503 || status === 504;
}

/** Faults of the server, bytes that changed on the way, and an upload that is gone or has another writer, may pass; other 4xx say that repeating won't help. */
function mayPass(problem: Problem): boolean {
  const { status, code } = problem;
  if (code === 'digest-mismatch') return true;
  return isAway(problem) || status >= 500 || [404, 408, 410, 423].includes(status) || (status === 409 && code !== 'deleted-before');
}

interface World {
  send: Send;
  /** Gives back what the server keeps of an upload that nobody wants any more. */
  discard: (what: Pick<Sending, 'file' | 'folder' | 'force'>) => Promise<void>;
  wait: (ms: number) => Promise<void>;
  now: () => number;
}

/** Sends files, a few at a time, in the order they were given. */
export class UploadQueue {
  uploads = $state.raw<Upload[]>([]);
  bytesPerSecond = $state.raw<number | null>(null);
  /** Nothing is sent, as sending would cost. */
  held = $state.raw(false);
  #waiting: Upload[] = [];
  #running = 0;
  #lastId = 0;
  readonly #pace = new Pace();

  constructor(private readonly world: World) {}

  readonly totalBytes = $derived(this.uploads.reduce((sum, { file, state }) => sum + (state === 'cancelled' ? 0 : file.size), 0));
  readonly sentBytes = $derived(this.uploads.reduce((sum, upload) => sum + bytesDone(upload), 0));
  readonly counts = $derived.by(() => {
    const counts: Record<UploadState, number> = {
      waiting: 0, sending: 0, paused: 0, added: 0, 'already-there': 0, sidecar: 0, 'deleted-before': 0, refused: 0, failed: 0, cancelled: 0,
    };
    for (const { state } of this.uploads) counts[state]++;
    return counts;
  });
  readonly running = $derived(this.counts.waiting + this.counts.sending > 0);
  /** Something is left to do, now or when the person goes on. */
  readonly busy = $derived(this.running || this.counts.paused > 0);
  /** Null while nothing tells. */
  readonly secondsLeft = $derived(this.bytesPerSecond && this.running ? (this.totalBytes - this.sentBytes) / this.bytesPerSecond : null);

  /** Where a picture's file was sent from this tab: what it is called there. */
  nameOf(pictureId: string): string | null {
    return this.uploads.find(({ receipt, state }) => receipt?.id === pictureId && state !== 'sidecar')?.file.name ?? null;
  }

  add(found: Iterable<Found>) {
    const added = [...found].map(({ file, folder }) => new Upload(++this.#lastId, file, folder));
    this.uploads = [...this.uploads, ...added];
    this.#enqueue(added);
  }

  retry(upload: Upload) {
    this.#enqueue([upload]);
  }

  retryFailed() {
    this.#enqueue(this.uploads.filter((upload) => upload.state === 'failed'));
  }

  /** Uploads again what was deleted for good before. */
  bringBack(upload: Upload) {
    upload.force = true;
    this.#enqueue([upload]);
  }

  pause(upload: Upload) {
    this.#stop(upload, 'paused');
  }

  pauseAll() {
    for (const upload of this.uploads) if (!upload.over) this.#stop(upload, 'paused');
    this.#rest();
  }

  resume(upload: Upload) {
    this.#enqueue([upload]);
  }

  resumeAll() {
    this.#enqueue(this.uploads.filter((upload) => upload.state === 'paused'));
  }

  cancel(upload: Upload) {
    this.#stop(upload, 'cancelled');
    void this.world.discard(upload).catch(() => undefined);
  }

  cancelAll() {
    for (const upload of this.uploads) if (!upload.over) this.cancel(upload);
    this.#rest();
  }

  clear() {
    this.uploads = this.uploads.filter((upload) => !upload.over);
  }

  /** Lets nothing be sent while it holds. What was begun goes on afterwards where it was. */
  hold(held: boolean) {
    if (held === this.held) return;
    this.held = held;
    if (!held) return this.#begin();
    const begun = this.uploads.filter(({ state }) => state === 'sending');
    for (const upload of begun) {
      this.#stop(upload, 'paused');
      upload.state = 'waiting';
    }
    this.#waiting.unshift(...begun);
    this.#rest();
  }

  #begin() {
    while (!this.held && this.#running < parallel && this.#waiting.length > 0) void this.#lane();
  }

  #next(): Upload | undefined {
    return this.held ? undefined : this.#waiting.shift();
  }

  #stop(upload: Upload, state: 'paused' | 'cancelled') {
    this.#waiting = this.#waiting.filter((waiting) => waiting !== upload);
    upload.state = state;
    upload.interruption = null;
    upload.abort.abort();
  }

  #enqueue(uploads: Upload[]) {
    for (const upload of uploads) {
      if (upload.state !== 'paused') upload.sentBytes = 0;
      upload.state = 'waiting';
      upload.problem = null;
    }
    this.#waiting.push(...uploads);
    this.#begin();
  }

  async #lane() {
    this.#running++;
    for (let upload = this.#next(); upload; upload = this.#next()) await this.#run(upload);
    this.#running--;
    if (this.#running === 0) this.#rest();
  }

  async #run(upload: Upload) {
    upload.state = 'sending';
    let fartherBytes = 0;
    for (let failures = 0; ; failures++) {
      const abort = new AbortController();
      upload.abort = abort;
      try {
        const receipt = await this.world.send({ file: upload.file, folder: upload.folder, force: upload.force, signal: abort.signal, onprogress: this.#follow(upload, abort) });
        if (upload.abort !== abort) return; // stopped when it was all but done, and begun again
        upload.receipt = receipt;
        upload.state = receipt.outcome;
        upload.interruption = null;
        return;
      } catch (error) {
        if (abort.signal.aborted) return;
        const problem = error instanceof Problem ? error : Problem.unreachable();
        if (upload.sentBytes > fartherBytes) failures = 0; // a line that is cut now and then still brings it home
        fartherBytes = Math.max(fartherBytes, upload.sentBytes);
        const pauseMs = repeatMs[failures] ?? (isAway(problem) ? repeatMs.at(-1) : undefined);
        if (!mayPass(problem) || pauseMs === undefined) return this.#giveUp(upload, problem);
        upload.interruption = problem;
        this.#rest();
        await Promise.race([this.world.wait(Math.max(pauseMs, (problem.retryAfterSeconds ?? 0) * 1000)), aborted(abort.signal)]);
        if (abort.signal.aborted) return;
      }
    }
  }

  /** What was sent by an earlier try, or in an earlier page, is no speed of this one. */
  #follow(upload: Upload, abort: AbortController): (sentBytes: number) => void {
    let before: number | null = null;
    return (sentBytes) => {
      if (abort.signal.aborted) return;
      const now = this.world.now();
      if (before !== null && sentBytes > before) this.#pace.note(sentBytes - before, now);
      before = sentBytes;
      upload.sentBytes = sentBytes;
      upload.interruption = null;
      this.bytesPerSecond = this.#pace.bytesPerSecond(now);
    };
  }

  #rest() {
    this.#pace.reset();
    this.bytesPerSecond = null;
  }

  #giveUp(upload: Upload, problem: Problem) {
    upload.problem = problem;
    upload.interruption = null;
    if (problem.code === 'deleted-before') upload.state = 'deleted-before';
    else upload.state = mayPass(problem) || problem.status === 401 ? 'failed' : 'refused';
  }
}

function bytesDone({ state, sentBytes, file }: Upload): number {
  if (state === 'cancelled') return 0;
  return state === 'waiting' || state === 'sending' || state === 'paused' ? sentBytes : file.size;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

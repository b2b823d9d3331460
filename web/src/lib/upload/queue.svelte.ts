import { Problem } from '$lib/api/problem';
import type { Found } from './gather';
import type { Receipt, Send } from './send';

export type UploadState = 'waiting' | 'sending' | 'added' | 'already-there' | 'sidecar' | 'deleted-before' | 'refused' | 'failed' | 'cancelled';

export const parallel = 3;
/** Waits before a repeat when the server can't be reached or is overloaded. */
const repeatMs = [1_000, 3_000, 10_000, 30_000];

export class Upload {
  state = $state<UploadState>('waiting');
  sentBytes = $state(0);
  problem = $state.raw<Problem | null>(null);
  receipt = $state.raw<Receipt | null>(null);
  force = false;
  readonly abort = new AbortController();

  constructor(
    readonly id: number,
    readonly file: File,
    readonly folder: string,
  ) {}

  get over() {
    return this.state !== 'waiting' && this.state !== 'sending';
  }
}

/** A 4xx says that repeating won't help; no answer, overload and faults of the server may pass. */
function mayPass(problem: Problem): boolean {
  return problem.status === 0 || problem.status === 408 || problem.status === 429 || problem.status >= 500;
}

interface World {
  send: Send;
  wait: (ms: number) => Promise<void>;
}

/** Sends files, a few at a time, in the order they were given. */
export class UploadQueue {
  uploads = $state.raw<Upload[]>([]);
  #waiting: Upload[] = [];
  #running = 0;
  #lastId = 0;

  constructor(private readonly world: World) {}

  readonly totalBytes = $derived(this.uploads.reduce((sum, { file, state }) => sum + (state === 'cancelled' ? 0 : file.size), 0));
  readonly sentBytes = $derived(
    this.uploads.reduce((sum, upload) => sum + (upload.state === 'sending' ? upload.sentBytes : upload.over && upload.state !== 'cancelled' ? upload.file.size : 0), 0),
  );
  readonly counts = $derived.by(() => {
    const counts: Record<UploadState, number> = {
      waiting: 0, sending: 0, added: 0, 'already-there': 0, sidecar: 0, 'deleted-before': 0, refused: 0, failed: 0, cancelled: 0,
    };
    for (const { state } of this.uploads) counts[state]++;
    return counts;
  });
  readonly busy = $derived(this.counts.waiting + this.counts.sending > 0);

  /** Where a picture's file was sent from this tab: what it is called there. */
  nameOf(pictureId: string): string | null {
    return this.uploads.find(({ receipt, state }) => receipt?.id === pictureId && state !== 'sidecar')?.file.name ?? null;
  }

  add(found: Iterable<Found>) {
    const added = [...found].map(({ file, folder }) => new Upload(++this.#lastId, file, folder));
    this.uploads = [...this.uploads, ...added];
    this.#enqueue(added);
  }

  retryFailed() {
    this.#enqueue(this.uploads.filter((upload) => upload.state === 'failed'));
  }

  /** Uploads again what was deleted for good before. */
  bringBack(upload: Upload) {
    upload.force = true;
    this.#enqueue([upload]);
  }

  cancelAll() {
    this.#waiting = [];
    for (const upload of this.uploads) {
      if (upload.over) continue;
      upload.abort.abort();
      upload.state = 'cancelled';
    }
  }

  clear() {
    this.uploads = this.uploads.filter((upload) => !upload.over);
  }

  #enqueue(uploads: Upload[]) {
    for (const upload of uploads) {
      upload.state = 'waiting';
      upload.problem = null;
      upload.sentBytes = 0;
    }
    this.#waiting.push(...uploads);
    while (this.#running < parallel && this.#waiting.length > 0) void this.#lane();
  }

  async #lane() {
    this.#running++;
    for (let upload = this.#waiting.shift(); upload; upload = this.#waiting.shift()) await this.#run(upload);
    this.#running--;
  }

  async #run(upload: Upload) {
    upload.state = 'sending';
    for (let attempt = 0; ; attempt++) {
      try {
        const onprogress = (sentBytes: number) => (upload.sentBytes = sentBytes);
        upload.receipt = await this.world.send({ file: upload.file, folder: upload.folder, force: upload.force, signal: upload.abort.signal, onprogress });
        upload.state = upload.receipt.outcome;
        return;
      } catch (error) {
        if (upload.abort.signal.aborted) return void (upload.state = 'cancelled');
        const problem = error instanceof Problem ? error : Problem.unreachable();
        const pauseMs = repeatMs[attempt];
        if (!mayPass(problem) || pauseMs === undefined) return this.#giveUp(upload, problem);
        await this.world.wait(Math.max(pauseMs, (problem.retryAfterSeconds ?? 0) * 1000));
        if (upload.abort.signal.aborted) return void (upload.state = 'cancelled');
      }
    }
  }

  #giveUp(upload: Upload, problem: Problem) {
    upload.problem = problem;
    if (problem.code === 'deleted-before') upload.state = 'deleted-before';
    else upload.state = mayPass(problem) || problem.status === 401 ? 'failed' : 'refused';
  }
}

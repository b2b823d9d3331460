import type { PreviousUpload, UrlStorage } from 'tus-js-client';

const storageKey = 'picup.unfinished';
/** Of some 400 bytes each, of the 5 MB that a browser gives a site. */
const most = 1_000;
/** Longer than the server keeps what nobody goes on with. */
const lifetimeMs = 7 * 24 * 3_600_000;

interface Stored {
  key: string;
  print: string;
  upload: Omit<PreviousUpload, 'urlStorageKey'>;
  at: number;
}

/** An upload that began here and did not end. */
export interface Unfinished {
  url: string;
  name: string;
  sizeBytes: number;
}

/** By what a file is known again when the person brings it once more: whose it is, where it goes, and what the browser tells of it. */
export function fingerprint(member: string, file: File, folder: string, force: boolean): string {
  return JSON.stringify([member, folder, file.name, file.size, file.lastModified, force]);
}

/** Where uploads that did not end were going, so that they go on there after the page was closed. */
export class UnfinishedUploads implements UrlStorage {
  constructor(
    private readonly storage: Pick<Storage, 'getItem' | 'setItem'>,
    private readonly now: () => number = Date.now,
  ) {}

  of(member: string): Unfinished[] {
    return this.#read()
      .filter(({ print }) => print.startsWith(`[${JSON.stringify(member)},`))
      .map(({ upload }) => ({ url: upload.uploadUrl ?? '', name: upload.metadata.filename ?? '', sizeBytes: upload.size ?? 0 }));
  }

  forget(url: string) {
    this.#write(this.#read().filter(({ upload }) => upload.uploadUrl !== url));
  }

  async findAllUploads(): Promise<PreviousUpload[]> {
    return this.#read().map(asPrevious);
  }

  async findUploadsByFingerprint(print: string): Promise<PreviousUpload[]> {
    return this.#read().filter((stored) => stored.print === print).map(asPrevious);
  }

  async removeUpload(key: string): Promise<void> {
    this.#write(this.#read().filter((stored) => stored.key !== key));
  }

  async addUpload(print: string, upload: PreviousUpload): Promise<string> {
    const key = upload.uploadUrl ?? print;
    const others = this.#read().filter((stored) => stored.key !== key);
    this.#write([...others, { key, print, upload, at: this.now() }].slice(-most));
    return key;
  }

  #read(): Stored[] {
    try {
      const stored = JSON.parse(this.storage.getItem(storageKey) ?? '[]') as Stored[];
      return stored.filter(({ at }) => at > this.now() - lifetimeMs);
    } catch {
      return []; // not our text; start anew
    }
  }

  /** A browser that keeps nothing, or has no room, can upload all the same; only not go on after a reload. */
  #write(all: Stored[]) {
    try {
      this.storage.setItem(storageKey, JSON.stringify(all));
    } catch {
      return;
    }
  }
}

function asPrevious({ key, upload }: Stored): PreviousUpload {
  return { ...upload, urlStorageKey: key };
}

export interface Receipt {
  id: string;
  outcome: 'added' | 'already-there' | 'sidecar';
  trashed?: boolean;
  /** Of a sidecar: whose it is, null while that picture isn't here. */
  picture?: string | null;
}

export interface Sending {
  file: File;
  folder: string;
  /** Bring back what was deleted for good before. */
  force: boolean;
  signal: AbortSignal;
  onprogress: (sentBytes: number) => void;
}

/** How a file reaches the server; a test gives the queue another way. */
export type Send = (sending: Sending) => Promise<Receipt>;

/** The file's own date as local time without an offset; the server prefers what is inside the file. */
export function takenAtOf(file: File): string {
  const moment = new Date(file.lastModified);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

import { renewSession } from '$lib/api/client';
import { Problem } from '$lib/api/problem';

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

/** Sends by XMLHttpRequest: `fetch` tells nothing of how far an upload got. */
export const send: Send = async (sending) => {
  const sentAt = Date.now();
  try {
    return await post(sending);
  } catch (error) {
    const signedOut = error instanceof Problem && error.status === 401;
    if (signedOut && (await renewSession(sentAt))) return post(sending);
    throw error;
  }
};

function post({ file, folder, force, signal, onprogress }: Sending): Promise<Receipt> {
  const form = new FormData();
  form.append('takenAt', takenAtOf(file));
  if (folder !== '') form.append('folder', folder);
  form.append('file', file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', force ? '/api/pictures?force=true' : '/api/pictures');
    request.responseType = 'json';
    request.upload.onprogress = (event) => onprogress(Math.min(file.size, event.loaded));
    request.onload = () => {
      if (request.status < 300) resolve(request.response as Receipt);
      else reject(Problem.read(request.status, request.response));
    };
    request.onerror = () => reject(Problem.unreachable());
    request.onabort = () => reject(new Problem('cancelled', 0));
    signal.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}

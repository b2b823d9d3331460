import type { DetailedError, HttpRequest, HttpResponse, Upload as TusUpload } from 'tus-js-client';
import { api, checkSession, data } from '$lib/api/client';
import { Problem } from '$lib/api/problem';
import { session } from '$lib/member/session.svelte';
import { deviceName } from './device';
import { takenAtOf, type Receipt, type Sending } from './sending';
import { fingerprint, UnfinishedUploads } from './unfinished';

/** Passes proxies that take at most 100 MB in one request, and is little to send again where a proxy forwards only whole ones. */
const chunkBytes = 32 * 1024 * 1024;

export const unfinished = new UnfinishedUploads(localStorage);

const printOf = ({ file, folder, force }: Omit<Sending, 'signal' | 'onprogress'>) => fingerprint(session.member?.id ?? '', file, folder, force);

/**
 * Sends a file in pieces (tus 1.0), and goes on where an earlier try stopped, be it one of this page or of an earlier one.
 *
 * The queue decides what is tried again, so the client of tus tries nothing by itself. Left alone, it would also take a session that has
 * run out, or a server that is overloaded, for an upload that is gone, and begin from zero: only "not found" may mean that.
 */
export async function sendResumably(sending: Sending, sha256: string | null): Promise<Receipt> {
  const { Upload } = await import('tus-js-client');
  const { file, folder, force, signal, onprogress } = sending;
  const print = printOf(sending);
  const before = await unfinished.findUploadsByFingerprint(print);
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: '/api/uploads',
      chunkSize: chunkBytes,
      retryDelays: null,
      metadata: {
        filename: file.name,
        takenAt: takenAtOf(file),
        source: deviceName(),
        ...(folder !== '' && { folder }),
        ...(sha256 !== null && { sha256 }),
        ...(force && { force: 'true' }),
      },
      fingerprint: async () => print,
      urlStorage: unfinished,
      removeFingerprintOnSuccess: true,
      onBeforeRequest: (request) => prepare(request, signal),
      onAfterResponse: refuse,
      onProgress: onprogress,
      onSuccess: ({ lastResponse }) => resolve(receiptOf(upload, lastResponse)),
      onError: (error) => {
        const problem = problemOf(error);
        // It is over at the server; another try of the same file has to begin anew.
        if (isRefusal(problem) && upload.url) unfinished.forget(upload.url);
        reject(problem);
      },
    });
    const stop = () => {
      void upload.abort();
      reject(new Problem('cancelled', 0));
    };
    if (signal.aborted) return stop(); // while the client was loaded
    signal.addEventListener('abort', stop);
    const newest = before.at(-1);
    if (newest) upload.resumeFromPreviousUpload(newest);
    upload.start();
  });
}

/** Ends an upload that the person does not want any more, here and at the server. Its bytes are given back at once instead of a day later. */
export async function discard(what: Pick<Sending, 'file' | 'folder' | 'force'>) {
  for (const { uploadUrl } of await unfinished.findUploadsByFingerprint(printOf(what))) if (uploadUrl) await endAt(uploadUrl);
}

export async function endAt(url: string) {
  unfinished.forget(url);
  await checkSession();
  // What cannot be told to the server now, it finds out when the upload's time is over.
  await fetch(url, { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0' } }).catch(() => undefined);
}

/** Renews a session that has run out before 32 MB are sent in vain. */
async function prepare(request: HttpRequest, signal: AbortSignal) {
  if (request.getMethod() === 'PATCH') await checkSession();
  if (signal.aborted) throw new Problem('cancelled', 0); // meanwhile; the client of tus would send all the same
}

/** What the client of tus would answer by beginning anew, though it will pass. */
function refuse(request: HttpRequest, response: HttpResponse) {
  const status = response.getStatus();
  const gone = request.getMethod() === 'HEAD' && (status === 404 || status === 410);
  if (status >= 400 && !gone) throw Problem.read(status, asJson(response.getBody()));
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function problemOf(error: Error | DetailedError): Problem {
  if (error instanceof Problem) return error;
  const cause = 'causingError' in error ? error.causingError : null;
  return cause instanceof Problem ? cause : Problem.unreachable();
}

function isRefusal({ status, code }: Problem): boolean {
  return [400, 403, 413, 415, 422].includes(status) || code === 'deleted-before';
}

const outcomes = ['added', 'already-there', 'sidecar'] as const;

/** The last piece is answered with what became of the file. Who lost that answer asks for it. */
async function receiptOf(upload: TusUpload, last: HttpResponse): Promise<Receipt> {
  const outcome = outcomes.find((known) => known === last.getHeader('Picup-Outcome'));
  const id = last.getHeader('Picup-Picture') ?? '';
  if (outcome) return receipt(outcome, id, last.getHeader('Picup-Trashed') === 'true');
  return askForOutcome(upload.url ?? '');
}

async function askForOutcome(url: string): Promise<Receipt> {
  const id = new URL(url, location.origin).pathname.split('/').at(-1) ?? '';
  const { state, outcome, picture, trashed, problem } = await data(api.GET('/api/uploads/{id}', { params: { path: { id } } }));
  const known = outcomes.find((each) => each === outcome);
  if (state === 'done' && known) return receipt(known, picture ?? '', trashed ?? false);
  if (problem) throw new Problem(problem.code, 422, problem.detail);
  throw Problem.unreachable(); // it is still being put away
}

function receipt(outcome: Receipt['outcome'], picture: string, trashed: boolean): Receipt {
  return outcome === 'sidecar' ? { id: '', outcome, picture: picture === '' ? null : picture } : { id: picture, outcome, trashed };
}

import { Problem } from '$lib/api/problem';
import { deviceName } from './device';
import { takenAtOf, type Receipt, type Sending } from './sending';

/** Sends a whole file in one form, by XMLHttpRequest: `fetch` tells nothing of how far an upload got. */
export function sendAtOnce({ file, folder, force, signal, onprogress }: Sending, sha256: string | null): Promise<Receipt> {
  const form = new FormData();
  form.append('takenAt', takenAtOf(file));
  form.append('source', deviceName());
  if (sha256 !== null) form.append('sha256', sha256);
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
    if (signal.aborted) reject(new Problem('cancelled', 0));
    else request.send(form);
  });
}

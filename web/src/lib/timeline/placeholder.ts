import { thumbHashToDataURL } from 'thumbhash';

const most = 2_000;
const made = new Map<string, string>();

/** A blurred likeness as a data URL, to show until the thumbnail is there. */
export function placeholderUrl(thumbHash: string): string {
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

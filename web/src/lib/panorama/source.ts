import { checkSession, renditionUrl } from '$lib/api/client';

/** Decoding takes four bytes a pixel in the browser; beyond this the preview has to do. */
const mostPixels = 120e6;

async function loaded(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

/** An image can't say why it failed, and the session may just have run out: so it is asked for once more. */
async function loadedInSession(url: string): Promise<HTMLImageElement> {
  try {
    return await loaded(url);
  } catch {
    await checkSession();
    return loaded(url);
  }
}

async function atMost(image: HTMLImageElement, mostPx: number): Promise<TexImageSource> {
  const scale = mostPx / Math.max(image.naturalWidth, image.naturalHeight);
  if (scale >= 1) return image;
  const [resizeWidth, resizeHeight] = [image.naturalWidth, image.naturalHeight].map((px) => Math.max(1, Math.floor(px * scale)));
  return createImageBitmap(image, { resizeWidth, resizeHeight, resizeQuality: 'high' });
}

interface Wanted {
  id: string;
  version?: number;
  pixels: number;
  sharper: boolean;
  mostPx: number;
}

/** The preview first, so that there is something to see; then all the pixels there are, where that is worth it. */
export async function* picturesOf({ id, version, pixels, sharper, mostPx }: Wanted): AsyncGenerator<TexImageSource> {
  yield await atMost(await loadedInSession(renditionUrl(id, 'preview', version)), mostPx);
  if (!sharper || pixels > mostPixels) return;
  try {
    yield await atMost(await loaded(renditionUrl(id, 'full', version)), mostPx);
  } catch {
    // The preview is there, and is enough.
  }
}

import { checkSession } from '$lib/api/client';

/** A decoded image. It can't say why it failed, and the session may just have run out: so it is asked for once more. */
export async function loadImage(src: string): Promise<HTMLImageElement> {
  try {
    return await decoded(src);
  } catch {
    await checkSession();
    return decoded(src);
  }
}

async function decoded(src: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = src;
  await image.decode();
  return image;
}

import { api, data, type Album } from '$lib/api/client';

/** Every album, page by page: a family has dozens, not thousands. */
export async function allAlbums(): Promise<Album[]> {
  const albums: Album[] = [];
  let cursor: string | null = null;
  do {
    const page: { albums: Album[]; next: string | null } = await data(
      api.GET('/api/albums', { params: { query: cursor === null ? {} : { cursor } } }),
    );
    albums.push(...page.albums);
    cursor = page.next;
  } while (cursor !== null);
  return albums;
}

export async function createAlbum(name: string): Promise<string> {
  return (await data(api.POST('/api/albums', { body: { name } }))).id;
}

/** The server takes so many pictures in one call. */
const mostAtOnce = 500;

export async function addToAlbum(id: string, ids: readonly string[]) {
  for (let first = 0; first < ids.length; first += mostAtOnce) {
    const body = { ids: ids.slice(first, first + mostAtOnce) };
    await data(api.POST('/api/albums/{id}/pictures', { params: { path: { id } }, body }));
  }
}

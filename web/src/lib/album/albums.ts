import { api, data, type Album } from '$lib/api/client';
import { inPortions } from '$lib/api/portions';

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

export async function addToAlbum(id: string, ids: readonly string[]) {
  await inPortions(ids, (portion) => data(api.POST('/api/albums/{id}/pictures', { params: { path: { id } }, body: { ids: portion } })));
}

export async function renameAlbum(id: string, name: string): Promise<Album> {
  return data(api.PATCH('/api/albums/{id}', { params: { path: { id } }, body: { name } }));
}

import { api, data, type Album, type Picture } from '$lib/api/client';
import { inPortions } from '$lib/api/portions';
import { Problem } from '$lib/api/problem';
import { tileOf } from '$lib/picture/sequence';
import type { TilePicture } from '$lib/timeline/month';
import { whenPictureChanges } from '$lib/timeline/news';
import { whenAlbumChanges } from './news';
import { moved, neighbours, placed, runsOf, type Run } from './order';

/** Long enough to gather what comes in a burst, short enough to feel immediate. */
const gatherMs = 300;
/** The most that a page of pictures has. */
const mostAtOnce = 1000;
/** Of more that changed, a page says it sooner. */
const mostPlaces = 200;

/**
 * One album as its page shows it: what is said of it, and its pictures in order, as far as one has scrolled. Follows what happens to it
 * elsewhere; while something of one's own is on its way to the server, news waits, so that nothing jumps back and forth.
 */
export class AlbumView {
  album = $state.raw<Album | null>(null);
  pictures = $state.raw<Picture[]>([]);
  readonly tiles: TilePicture[] = $derived(this.pictures.map(tileOf));
  /** Cursor of the next page; undefined before the first. */
  next = $state.raw<string | null | undefined>(undefined);
  state = $state<'loading' | 'ready' | 'missing' | 'deleted' | 'failed'>('loading');
  children = $state.raw<Album[]>([]);
  /** Above which picture somebody begins a text of a trip, null for the end; undefined while nobody does. */
  writing = $state<string | null | undefined>(undefined);
  /** Counts what was heard, for whoever shows more of the album than this. */
  heard = $state(0);

  #loading: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #own = 0;
  #stale = false;
  /** What changed since it was last looked at; null when that is more than can be named. */
  #changed: Set<string> | null = new Set();
  /** Counts changes of one's own: what was asked for before one is out of date. */
  #changes = 0;

  constructor(readonly id: string) {}

  get path() {
    return { params: { path: { id: this.id } } };
  }

  /** Loads what is said of it, and listens. Returns how to stop. */
  follow(): () => void {
    void this.refresh();
    const stopAlbums = whenAlbumChanges((news) => {
      // What other albums hold does not show here; where they lie may.
      if (news?.id === this.id && news.change === 'deleted') this.state = 'deleted';
      else if (news === null) this.#gather(null);
      else if (news.id === this.id) this.#gather(news.change === 'contents' ? (news.pictures ?? null) : news.change === 'edited' ? [] : null);
      else if (news.change !== 'contents' || this.children.some(({ id }) => id === news.id)) this.#gather([]);
    });
    const stopPictures = whenPictureChanges((id, state) => {
      if (id === null) this.#gather(null);
      else if (state === 'restored' || this.pictures.some((picture) => picture.id === id)) this.#gather([id]);
    });
    return () => {
      clearTimeout(this.#timer);
      stopAlbums();
      stopPictures();
    };
  }

  /** @param changed which pictures; null when nobody knows */
  #gather(changed: readonly string[] | null) {
    this.#stale = true;
    if (changed === null) this.#changed = null;
    for (const id of changed ?? []) this.#changed?.add(id);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#catchUp(), gatherMs);
  }

  async #catchUp() {
    if (!this.#stale || this.#own > 0) return;
    this.#stale = false;
    const changed = this.#changed;
    const ordering = this.album?.ordering;
    this.#changed = new Set();
    await this.refresh();
    // Another order has another page for every place.
    if (this.state === 'ready') await (ordering === this.album?.ordering ? this.#take(changed) : this.reload()).catch(() => undefined);
    this.heard++;
  }

  /** Only what changed, where that can be named. */
  async #take(changed: ReadonlySet<string> | null) {
    if (changed === null || changed.size > mostPlaces) return this.reload();
    if (changed.size === 0 || this.next === undefined) return;
    const changes = this.#changes;
    const { places } = await data(api.POST('/api/albums/{id}/pictures/places', { ...this.path, body: { ids: [...changed] } }));
    if (changes !== this.#changes) return this.#gather([...changed]);
    const pictures = placed(this.pictures, changed, places);
    const there = new Set(pictures.map(({ id }) => id));
    // All are held, and one found no place: more has changed than was told.
    if (this.next === null && places.some(({ picture }) => !there.has(picture.id))) return this.reload();
    this.pictures = pictures;
  }

  async refresh() {
    try {
      const album = await data(api.GET('/api/albums/{id}', this.path));
      this.children = album.albums > 0 ? (await data(api.GET('/api/albums/{id}/albums', { params: { path: { id: this.id }, query: { limit: mostAtOnce } } }))).albums : [];
      this.album = album;
      this.state = 'ready';
    } catch (error) {
      if (error instanceof Problem && error.status === 404) this.state = this.state === 'ready' || this.state === 'deleted' ? 'deleted' : 'missing';
      else if (this.state === 'loading') this.state = 'failed';
    }
  }

  /** The next page; calls at the same time share one request. */
  more(): Promise<void> {
    this.#loading ??= this.#more().finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  async #more() {
    if (this.next === null) return;
    const before = this.next;
    const page = await this.#page(before, undefined).catch((error: unknown) => {
      // In another order by now, in which the place that was reached means nothing.
      if (error instanceof Problem && error.code === 'bad-cursor') return this.reload().then(() => null);
      throw error;
    });
    if (page === null || this.next !== before) return;
    const known = new Set(this.pictures.map(({ id }) => id));
    this.pictures = [...this.pictures, ...page.pictures.filter(({ id }) => !known.has(id))];
    this.next = page.next;
  }

  #page(cursor: string | undefined, limit: number | undefined) {
    return data(api.GET('/api/albums/{id}/pictures', { params: { path: { id: this.id }, query: { cursor, limit } } }));
  }

  /** Takes the pictures anew from the server, as many as were held. */
  async reload() {
    const wanted = this.pictures.length;
    const changes = this.#changes;
    if (wanted === 0 && this.next === undefined) return;
    let pictures: Picture[] = [];
    let next: string | null | undefined;
    do {
      const page: { pictures: Picture[]; next: string | null } = await this.#page(next ?? undefined, Math.min(mostAtOnce, Math.max(100, wanted + 1 - pictures.length)));
      pictures = [...pictures, ...page.pictures];
      next = page.next;
    } while (next !== null && pictures.length < wanted);
    if (changes !== this.#changes) return this.#gather(null);
    this.pictures = pictures;
    this.next = next;
  }

  /** Runs a change of one's own; what is heard meanwhile waits until it is done. */
  async own<Result>(change: () => Promise<Result>): Promise<Result> {
    this.#own++;
    this.#changes++;
    try {
      return await change();
    } catch (error) {
      // What was shown ahead of the server's word is not so.
      this.#stale = true;
      this.#changed = null;
      throw error;
    } finally {
      this.#own--;
      if (this.#stale) this.#gather([]);
    }
  }

  /** Puts pictures before the one at an index, at once; the server's word follows. */
  async move(ids: readonly string[], at: number) {
    const moving = new Set(ids);
    this.pictures = moved(this.pictures, ids, at);
    const inOrder = this.pictures.filter(({ id }) => moving.has(id)).map(({ id }) => id);
    let { after, before } = neighbours(this.pictures, inOrder);
    if (after === null && before === null) return;
    await this.own(() =>
      inPortions(inOrder, async (portion) => {
        await data(api.POST('/api/albums/{id}/pictures/move', { ...this.path, body: { ids: portion, after, before } }));
        after = portion.at(-1)!;
      }),
    );
  }

  /** Takes tiles away at once. Returns where they were, for an undo. */
  takeOut(ids: readonly string[]): Run[] {
    this.#changes++;
    const gone = new Set(ids);
    const runs = runsOf(this.pictures, gone);
    this.pictures = this.pictures.filter(({ id }) => !gone.has(id));
    if (this.album) this.album = { ...this.album, count: this.album.count - gone.size };
    return runs;
  }

  async remove(ids: readonly string[]): Promise<Run[]> {
    const runs = this.takeOut(ids);
    await this.own(() => inPortions(ids, (portion) => data(api.DELETE('/api/albums/{id}/pictures', { ...this.path, body: { ids: portion } }))));
    return runs;
  }

  /** Puts back what was taken out, each run where it was. */
  async putBack(runs: readonly Run[]) {
    await this.own(async () => {
      for (const { ids, after, before } of runs) {
        await inPortions(ids, (portion) => data(api.POST('/api/albums/{id}/pictures', { ...this.path, body: { ids: portion } })));
        if (after !== null || before !== null) await data(api.POST('/api/albums/{id}/pictures/move', { ...this.path, body: { ids, after, before } }));
      }
      this.#gather(runs.flatMap(({ ids }) => ids));
    });
  }

  async change(body: { name?: string; description?: string; ordering?: string; display?: string }) {
    this.album = await this.own(() => data(api.PATCH('/api/albums/{id}', { ...this.path, body })));
    if (body.ordering !== undefined) await this.reload();
  }

  async cover(pictureId: string | null) {
    this.album = await this.own(() => data(api.PUT('/api/albums/{id}/cover', { ...this.path, body: { pictureId } })));
  }
}

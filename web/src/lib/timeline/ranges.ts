import { api, data } from '$lib/api/client';
import type { Month } from './month';
import { found, largestPage, monthPage } from './pages';
import { timeline } from './timeline.svelte';

/** The number of a picture in its month, whether it is held or not. */
interface Place {
  month: string;
  number: number;
}

async function placeOf(pictureId: string): Promise<Place | null> {
  const spot = timeline.spotOf(pictureId);
  if (spot) return { month: spot.month.month, number: spot.month.first + spot.at };
  const { takenAt } = await data(api.GET('/api/pictures/{id}', { params: { path: { id: pictureId } } }));
  const month = takenAt.slice(0, 7);
  const page = await found(monthPage(month, { picture: pictureId, limit: 1 }));
  return page && { month, number: page.first };
}

/** The pictures of a month from one number to another, without the latter. */
async function idsOf(month: Month, first: number, end: number): Promise<string[]> {
  if (month.loaded > 0 && first >= month.first && (end <= month.end || month.hasOldest)) return month.columns.ids.slice(first - month.first, end - month.first);
  const ids: string[] = [];
  let more = true;
  while (more) {
    const page = await monthPage(month.month, { from: first + ids.length, limit: largestPage });
    ids.push(...page.ids.slice(0, end - first - ids.length));
    more = page.next !== null && first + ids.length < end;
  }
  return ids;
}

/** All pictures from one to another, whichever is newer, whether they are held or not. */
export async function idsBetween(oneId: string, otherId: string): Promise<string[]> {
  const places = [await placeOf(oneId), await placeOf(otherId)].filter((place) => place !== null);
  if (places.length < 2) return [otherId];
  places.sort((a, b) => b.month.localeCompare(a.month) || a.number - b.number);
  const [from, to] = [places[0]!, places[1]!];
  const ids: string[] = [];
  for (const month of timeline.months) {
    if (month.month > from.month || month.month < to.month) continue;
    const first = month.month === from.month ? from.number : 0;
    const end = month.month === to.month ? to.number + 1 : Infinity;
    ids.push(...(await idsOf(month, first, end)));
  }
  return ids;
}

/** All pictures of a day that is held in part, whether they are held or not. */
export async function idsOfDay(month: Month, day: string): Promise<string[]> {
  const { ids, takenAt } = month.columns;
  const isOfDay = (at: string) => at.startsWith(day);
  const first = takenAt.findIndex(isOfDay);
  const last = takenAt.findLastIndex(isOfDay);
  const found = ids.slice(first, last + 1);
  for (let end = first === 0 ? month.first : 0; end > 0; ) {
    const from = Math.max(0, end - largestPage);
    const page = await monthPage(month.month, { from, limit: end - from });
    const more = page.ids.filter((_, at) => isOfDay(page.takenAt[at]!));
    found.unshift(...more);
    end = more.length === page.ids.length ? from : 0;
  }
  for (let from = last === month.loaded - 1 && !month.hasOldest ? month.end : Infinity; from < month.count; ) {
    const page = await monthPage(month.month, { from, limit: largestPage });
    const more = page.ids.filter((_, at) => isOfDay(page.takenAt[at]!));
    found.push(...more);
    from = more.length === page.ids.length && page.next !== null ? from + more.length : Infinity;
  }
  return found;
}

import { api, data, type MonthCount, type TimelinePage } from '$lib/api/client';
import { Problem } from '$lib/api/problem';
import { takeEarly } from '$lib/first/early';
import { firstPage } from './held';

/** What the server answers with at most. */
export const largestPage = 5_000;

const latest = '/api/timeline/latest';

interface Where {
  /** The number of a picture in its month; the newest is 0. */
  from?: number;
  limit?: number;
  /** To stand in the middle of the page. */
  picture?: string;
}

/** What this browser remembers may be older than the numbers of pictures. */
function withFirst(page: TimelinePage): TimelinePage {
  return { ...page, first: page.first ?? 0 };
}

/** All months that have pictures, newest first. */
export function monthCounts(): Promise<MonthCount[]> {
  return data(api.GET('/api/timeline'));
}

export async function monthPage(month: string, query: Where): Promise<TimelinePage> {
  return withFirst(await data(api.GET('/api/timeline/{month}', { params: { path: { month }, query } })));
}

/** Asks in the plainest way, so that the browser remembers one answer for a usual month. */
export function numberedPage(month: string, from: number, limit: number): Promise<TimelinePage> {
  return monthPage(month, { ...(from > 0 && { from }), ...(limit > firstPage && { limit }) });
}

/** The first page of the newest month, which may have been asked for before the app was there. */
export async function latestPage(): Promise<TimelinePage> {
  const early = await takeEarly<TimelinePage>(latest);
  if (early) return withFirst(early);
  return withFirst(await data(api.GET(latest)));
}

/** The answer, or null where the server knows nothing of that. */
export async function found<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch((error: unknown) => {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  });
}

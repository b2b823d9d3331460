const storageKey = 'picup.searches';
const most = 8;

/** What a member looked for on this device, newest first. Another member who signs in here sees none of it. */
export function recentSearches(memberId: string): string[] {
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? 'null');
    if (kept?.memberId !== memberId || !Array.isArray(kept.queries)) return [];
    return kept.queries.filter((query: unknown) => typeof query === 'string').slice(0, most);
  } catch {
    return []; // somebody wrote another thing there
  }
}

function keep(memberId: string, queries: string[]) {
  if (queries.length > 0) localStorage.setItem(storageKey, JSON.stringify({ memberId, queries: queries.slice(0, most) }));
  else localStorage.removeItem(storageKey);
}

export function rememberSearch(memberId: string, query: string) {
  const wanted = query.trim();
  if (wanted === '') return;
  const others = recentSearches(memberId).filter((each) => each.toLocaleLowerCase() !== wanted.toLocaleLowerCase());
  keep(memberId, [wanted, ...others]);
}

/** One of them, or all. */
export function forgetSearch(memberId: string, query?: string) {
  keep(memberId, query === undefined ? [] : recentSearches(memberId).filter((each) => each !== query));
}

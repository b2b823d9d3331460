import type { Town } from '$lib/api/client';
import { language, t } from '$lib/language/language.svelte';

/** In the language of the app, where the town has a name in it. */
export function townName({ name, nameKo }: Pick<Town, 'name' | 'nameKo'>): string {
  return (language.current === 'ko' && nameKo) || name;
}

function regionName({ region, regionKo }: Town): string | null {
  return (language.current === 'ko' && regionKo) || region;
}

function countryName({ country }: Town): string {
  return new Intl.DisplayNames(language.current, { type: 'region', fallback: 'code' }).of(country) ?? country;
}

/** What the town lies in: its region, unless that is called the same, and its country. */
export function aroundTown(town: Town): string {
  const region = regionName(town);
  return [region === townName(town) ? null : region, countryName(town)].filter(Boolean).join(', ');
}

/** The main towns among those of pictures, most pictures first, of which some may have none. Two are named, of more the first. */
export function townsText(towns: Iterable<Town | null>): string {
  const counted = new Map<number, { town: Town; count: number }>();
  for (const town of towns) {
    if (!town) continue;
    const known = counted.get(town.id);
    if (known) known.count++;
    else counted.set(town.id, { town, count: 1 });
  }
  const [first, second, ...others] = [...counted.values()].sort((a, b) => b.count - a.count).map(({ town }) => townName(town));
  if (first === undefined) return '';
  if (second === undefined) return first;
  return others.length === 0 ? t('place.two', { first, second }) : t('place.more', { first, count: others.length + 1 });
}

import type { Picture, Town } from '$lib/api/client';

export interface TripText {
  id: string;
  text: string;
  before: string | null;
}

/** Pictures beside each other, or what is written between them. `at` is the index of the first picture. */
export type Block = { kind: 'pictures'; at: number; count: number } | { kind: 'text'; text: TripText };

/** Pictures of one day that follow each other, with the texts between them. */
export interface Chapter {
  day: string;
  /** The first picture, whose index the chapter is known by. */
  at: number;
  /** How many-th day of the trip; 0 where the order by hand does not follow the days. */
  number: number;
  place: { latitude: number; longitude: number } | null;
  /** Of each picture that has one. */
  towns: Town[];
  blocks: Block[];
}

type Told = Pick<Picture, 'id' | 'takenAt' | 'latitude' | 'longitude' | 'town'>;

/** The pictures in their order as chapters. Texts whose picture is not loaded yet wait for it; those at the end stand behind all pictures. */
export function chaptersOf(pictures: readonly Told[], texts: readonly TripText[]): Chapter[] {
  const before = new Map<string, TripText[]>();
  for (const text of texts) if (text.before !== null) before.set(text.before, [...(before.get(text.before) ?? []), text]);
  const chapters: Chapter[] = [];
  for (const [at, { id, takenAt, latitude, longitude, town }] of pictures.entries()) {
    const day = takenAt.slice(0, 10);
    let chapter = chapters.at(-1);
    if (chapter?.day !== day) chapters.push((chapter = { day, at, number: 0, place: null, towns: [], blocks: [] }));
    if (chapter.place === null && latitude !== null && longitude !== null) chapter.place = { latitude, longitude };
    if (town) chapter.towns.push(town);
    for (const text of before.get(id) ?? []) chapter.blocks.push({ kind: 'text', text });
    const block = chapter.blocks.at(-1);
    if (block?.kind === 'pictures') block.count++;
    else chapter.blocks.push({ kind: 'pictures', at, count: 1 });
  }
  return numbered(chapters);
}

function numbered(chapters: Chapter[]): Chapter[] {
  const rising = chapters.every((chapter, at) => at === 0 || chapters[at - 1]!.day < chapter.day);
  if (rising) chapters.forEach((chapter, at) => (chapter.number = at + 1));
  return chapters;
}

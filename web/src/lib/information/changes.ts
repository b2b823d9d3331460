import { api, data, type Picture } from '$lib/api/client';
import type { components } from '$lib/api/schema';
import { toasts } from '$lib/design/toasts.svelte';
import { t } from '$lib/language/language.svelte';
import { problemText } from '$lib/language/problems';

export type Changes = Pick<components['schemas']['PictureChanges'], 'description' | 'rating' | 'takenAt' | 'tags' | 'place' | 'clearPlace'>;

/** What brings back how it was. */
export function inverseOf(changes: Changes, before: Picture): Changes {
  const inverse: Changes = {};
  if (changes.description !== undefined) inverse.description = before.description ?? '';
  if (changes.rating !== undefined) inverse.rating = before.rating ?? 0;
  if (changes.takenAt !== undefined) inverse.takenAt = before.takenAt;
  if (changes.tags !== undefined) inverse.tags = before.detail.tags;
  if (changes.place !== undefined || changes.clearPlace !== undefined) {
    const { latitude, longitude } = before;
    if (latitude !== null && longitude !== null) inverse.place = { latitude, longitude };
    else inverse.clearPlace = true;
  }
  return inverse;
}

async function send(id: string, body: Changes) {
  return data(api.PATCH('/api/pictures/{id}', { params: { path: { id } }, body }));
}

/**
 * Changes a picture, says so, and offers to undo it; the undo works also when another picture is looked at by then.
 * A refusal is thrown, for the form that asked.
 */
export async function changePicture(before: Picture, changes: Changes, said: string, onchange: (picture: Picture) => void) {
  onchange(await send(before.id, changes));
  const run = () => void send(before.id, inverseOf(changes, before)).then(onchange, (error: unknown) => toasts.show(problemText(error)));
  toasts.show(said, { label: t('undo'), run });
}

import type { Picture } from '$lib/api/client';
import { toasts } from '$lib/design/toasts.svelte';
import { t } from '$lib/language/language.svelte';

/**
 * For whoever shows one picture after the other: tells when the one that is looked at was thrown away elsewhere meanwhile, and says so. One
 * that lay in the trash when it was opened stays.
 */
export function watchForDeletion(leave: (pictureId: string) => void): (shown: Picture) => void {
  let there: string | null = null;
  return ({ id, trashedAt }) => {
    if (trashedAt === null) there = id;
    else if (there === id) {
      there = null;
      toasts.show(t('viewer.deletedElsewhere'));
      leave(id);
    }
  };
}

import { api, data, type Picture } from '$lib/api/client';
import { toasts } from '$lib/design/toasts.svelte';
import { t } from '$lib/language/language.svelte';
import { problemText } from '$lib/language/problems';
import { nothing, recipeOf, sameRecipe, type Recipe } from './recipe';

type Heard = (picture: Picture) => void;

async function send(id: string, recipe: Recipe): Promise<Picture> {
  return data(api.PUT('/api/pictures/{id}/edit', { params: { path: { id } }, body: recipe }));
}

function showUndo(said: string, id: string, recipe: Recipe, onchange: Heard) {
  const run = () => void send(id, recipe).then(onchange, (error: unknown) => toasts.show(problemText(error)));
  toasts.show(said, { label: t('undo'), run });
}

/**
 * Has a photo made as the recipe says, and offers to undo it; the undo works also when another picture is looked at by then. A refusal is
 * thrown, for the editor that asked.
 */
export async function saveEdit(before: Picture, recipe: Recipe, onchange: Heard) {
  onchange(await send(before.id, recipe));
  showUndo(t(sameRecipe(recipe, nothing) ? 'editor.reverted' : 'editor.saved'), before.id, recipeOf(before), onchange);
}

/** Back to the original, with an undo. */
export async function revertEdit(before: Picture, onchange: Heard) {
  try {
    await data(api.DELETE('/api/pictures/{id}/edit', { params: { path: { id: before.id } } }));
    onchange(await data(api.GET('/api/pictures/{id}', { params: { path: { id: before.id } } })));
    // What failed changed nothing that could come back.
    if (before.edit.shown || before.edit.state === 'processing') showUndo(t('editor.reverted'), before.id, recipeOf(before), onchange);
  } catch (error) {
    toasts.show(problemText(error));
  }
}

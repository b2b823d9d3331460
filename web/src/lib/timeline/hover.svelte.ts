import { device } from '$lib/settings/device.svelte';

/** Long enough that crossing a row starts nothing, short enough to feel like an answer. */
const restMs = 450;

let current = $state<string | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;

/** Previews that were asked for and aren't there, so that passing over them again asks nothing. */
const missing = new Set<string>();

function unwanted(): boolean {
  return device.spares || matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** The one video that plays in its tile, as long as the pointer rests there. */
export const hover = {
  get id() {
    return current;
  },
  enter(id: string, pointerType: string) {
    clearTimeout(timer);
    current = null;
    if (pointerType === 'touch' || missing.has(id) || unwanted()) return;
    timer = setTimeout(() => (current = id), restMs);
  },
  leave(id: string) {
    clearTimeout(timer);
    if (current === id) current = null;
  },
  miss(id: string) {
    missing.add(id);
    if (current === id) current = null;
  },
};

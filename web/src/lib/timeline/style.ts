import { device } from '$lib/settings/device.svelte';
import type { DayStyle } from './days';
import { measuresOf } from './measures';

/** How lists of pictures are laid out at a width on this device. */
export function styleFor(width: number): DayStyle {
  return measuresOf(width, device.density);
}

import type { IconName } from '$lib/design/icons';
import type { MessageKey } from '$lib/language/en';
import { session } from '$lib/member/session.svelte';

/** A page that the navigation leads to. */
export interface Destination {
  path: string;
  icon: IconName;
  name: MessageKey;
}

/** What stands below the first pages where there is room, and on a page of its own on phones. */
export function lesserDestinations(): Destination[] {
  const everybodys: Destination[] = [
    { path: '/archive', icon: 'archive', name: 'archive' },
    { path: '/locked', icon: 'lock', name: 'locked' },
    { path: '/trash', icon: 'trash', name: 'trash' },
  ];
  return session.member?.administrator ? [...everybodys, { path: '/admin', icon: 'shield', name: 'admin' }] : everybodys;
}

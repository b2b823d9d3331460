import type { IconName } from '$lib/design/icons';
import type { MessageKey } from '$lib/language/en';
import type { BadgeName } from '$lib/picture/parts';

export const badgeIcons: Record<BadgeName, IconName> = {
  live: 'live',
  motion: 'motion',
  raw: 'camera',
  burst: 'burst',
  panorama: 'sphere',
  animation: 'animation',
};

export const badgeWords: Record<BadgeName, MessageKey> = {
  live: 'badge.live',
  motion: 'badge.motion',
  raw: 'badge.raw',
  burst: 'badge.burst',
  panorama: 'badge.panorama',
  animation: 'badge.animation',
};

const storageKey = 'picup.video';

/** How fast a video may play: what browsers play with sound that one understands. */
export const speeds = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** How somebody likes videos in this browser. */
export interface Liking {
  volume: number;
  muted: boolean;
  speed: number;
}

const asUsual: Liking = { volume: 1, muted: false, speed: 1 };

/** What is read is as good as what was written there, by whomever. */
export function read(stored: string | null): Liking {
  try {
    const { volume, muted, speed } = JSON.parse(stored ?? 'null') ?? asUsual;
    return {
      volume: typeof volume === 'number' && volume >= 0 && volume <= 1 ? volume : asUsual.volume,
      muted: muted === true,
      speed: (speeds as readonly unknown[]).includes(speed) ? speed : asUsual.speed,
    };
  } catch {
    return asUsual;
  }
}

export function rememberedLiking(): Liking {
  return read(localStorage.getItem(storageKey));
}

export function rememberLiking(liking: Liking) {
  localStorage.setItem(storageKey, JSON.stringify(liking));
}

/** The speed one step slower or faster. */
export function besideSpeed(speed: number, step: 1 | -1): number {
  const at = speeds.findIndex((each) => each >= speed);
  return speeds[Math.min(speeds.length - 1, Math.max(0, (at < 0 ? speeds.length - 1 : at) + step))]!;
}

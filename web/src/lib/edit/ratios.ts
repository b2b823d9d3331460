import type { MessageKey } from '$lib/language/en';
import type { Size } from './geometry';

export type RatioName = 'free' | 'original' | 'square' | '4:3' | '3:2' | '16:9';

const numbers = { square: [1, 1], '4:3': [4, 3], '3:2': [3, 2], '16:9': [16, 9] } as const;

const words: Partial<Record<RatioName, MessageKey>> = { free: 'editor.ratio.free', original: 'editor.ratio.original', square: 'editor.ratio.square' };

export interface RatioChoice {
  name: RatioName;
  /** Null where the name says it itself. */
  word: MessageKey | null;
  text: string;
  /** Width by height, in pixels; null where it is free. */
  ratio: number | null;
}

/** A picture that stands is cropped to 3:4 where one that lies is cropped to 4:3. */
export function ratiosOf(frame: Size): RatioChoice[] {
  const standing = frame.height > frame.width;
  const fixed = (Object.keys(numbers) as (keyof typeof numbers)[]).map((name) => {
    const [long, short] = numbers[name];
    const [width, height] = standing ? [short, long] : [long, short];
    return { name, word: words[name] ?? null, text: `${width}:${height}`, ratio: width / height };
  });
  return [
    { name: 'free', word: words.free!, text: '', ratio: null },
    { name: 'original', word: words.original!, text: '', ratio: frame.width / frame.height },
    ...fixed,
  ];
}

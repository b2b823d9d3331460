import { expect, test } from 'vitest';
import { pictureAt } from './grow';

test('knows the picture of an address on every page that has some', () => {
  expect(pictureAt('/picture/7')).toBe('7');
  expect(pictureAt('/albums/3/picture/7')).toBe('7');
  expect(pictureAt('/archive/picture/7/')).toBe('7');
  for (const path of ['/', '/albums/3', '/picture/', '/picture/7/edit']) expect(pictureAt(path)).toBeNull();
});

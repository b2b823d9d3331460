import { expect, test } from 'vitest';
import { besideSpeed, read } from './remembered';

test('what somebody else wrote there is nothing that a video would refuse', () => {
  const usual = { volume: 1, muted: false, speed: 1 };
  for (const stored of [null, '', 'null', '7', '{', '"x"', '{"volume":7,"muted":"no","speed":16}', '{"volume":-1}', '{"volume":null}']) expect(read(stored)).toEqual(usual);
  expect(read('{"volume":0.4,"muted":true,"speed":1.5}')).toEqual({ volume: 0.4, muted: true, speed: 1.5 });
});

test('speeds end at a quarter and at twice', () => {
  expect(besideSpeed(1, 1)).toBe(1.25);
  expect(besideSpeed(1, -1)).toBe(0.75);
  expect(besideSpeed(2, 1)).toBe(2);
  expect(besideSpeed(0.25, -1)).toBe(0.25);
});

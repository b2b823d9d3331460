import { expect, test } from 'vitest';
import { cutMoment, joinMoment, offsetsWith } from './moment';

test.each(['2024-05-14T10:20:30', '2024-05-14T10:20:30+09:00', '2024-05-14T10:20:30-03:30'])('%s comes back as it was cut', (takenAt) => {
  const { local, offset } = cutMoment(takenAt);
  expect(joinMoment(local, offset)).toBe(takenAt);
});

test('UTC has an offset to choose', () => {
  expect(cutMoment('2024-05-14T10:20:30Z')).toEqual({ local: '2024-05-14T10:20:30', offset: '+00:00' });
});

test('seconds that a form leaves out are 0', () => {
  expect(joinMoment('2024-05-14T10:20', '')).toBe('2024-05-14T10:20:00');
});

test('half a moment is none', () => {
  expect(joinMoment('', '+09:00')).toBeNull();
  expect(joinMoment('2024-05', '')).toBeNull();
});

test('offsets are those of the world, and that of the picture', () => {
  expect(offsetsWith('')).toContain('+05:45');
  expect(offsetsWith('-12:00')[0]).toBe('-12:00');
  expect(offsetsWith('+00:52')[0]).toBe('+00:52');
});

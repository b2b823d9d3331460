import { expect, test } from 'vitest';
import { parsePlace, placeText } from './place';

test.each([
  ['37.5665, 126.978', 37.5665, 126.978],
  ['  37.5665 126.978 ', 37.5665, 126.978],
  ['-33.8688,151.2093', -33.8688, 151.2093],
  ['33.8688S 151.2093E', -33.8688, 151.2093],
  ['E 151.2093, S 33.8688', -33.8688, 151.2093],
  ['0, 0', 0, 0],
])('%s is a place', (text, latitude, longitude) => {
  expect(parsePlace(text)).toEqual({ latitude, longitude });
});

test('degrees, minutes and seconds are added up', () => {
  const place = parsePlace(`37°33'59.4"N 126°58'40.8"W`);
  expect(place?.latitude).toBeCloseTo(37.5665, 6);
  expect(place?.longitude).toBeCloseTo(-126.978, 6);
});

test.each(['', 'Seoul', '37.5', '91, 0', '0, 181', '1, 2, 3', '37.5N 126.9N', '37.5, 126.9x', '1e400, 2', 'N 3 N, 4'])('“%s” is none', (text) => {
  expect(parsePlace(text)).toBeNull();
});

test('what is written can be read again', () => {
  expect(parsePlace(placeText({ latitude: -0.00001, longitude: 179.99999 }))).toEqual({ latitude: -0.00001, longitude: 179.99999 });
});

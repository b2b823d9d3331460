import { expect, test } from 'vitest';
import { addTags, tagText } from './tags';

test('several are typed with commas between', () => {
  expect(addTags(['sea'], ' Jeju,  red   boat ,, ')).toEqual(['sea', 'Jeju', 'red boat']);
});

test('none is there twice, whatever its case', () => {
  expect(addTags(['Sea'], 'sea, SEA, seas')).toEqual(['Sea', 'seas']);
});

test('a hierarchy is shown with arrows', () => {
  expect(tagText('Places|Korea|Jeju')).toBe('Places › Korea › Jeju');
});

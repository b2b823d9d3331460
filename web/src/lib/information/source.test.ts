import { expect, test } from 'vitest';
import { sourceWords } from './source';

test.each([
  ['EXIF:DateTimeOriginal', 'source.camera'],
  ['EXIF:GPSDateTime', 'source.gps'],
  ['XML:CreationDateValue', 'source.camera'],
  ['QuickTime:CreationDate', 'source.video'],
  ['ASF:CreationDate', 'source.video'],
  ['XMP:CreateDate', 'source.xmp'],
  ['IPTC:DateCreated', 'source.xmp'],
  ['Takeout:photoTakenTime', 'source.takeout'],
  ['file-name', 'source.fileName'],
  ['file name', 'source.fileName'],
  ['client', 'source.client'],
  ['upload', 'source.upload'],
  ['edit', 'source.edit'],
  ['Something:New', 'source.file'],
])('%s is told in people’s words', (source, words) => {
  expect(sourceWords(source)).toBe(words);
});

import type { MessageKey } from '$lib/language/en';

/** Where a time comes from, by how its source begins; the first that fits. */
const sources: [RegExp, MessageKey][] = [
  [/^edit$/, 'source.edit'],
  [/^upload$/, 'source.upload'],
  [/^client$/, 'source.client'],
  [/^file.name/i, 'source.fileName'],
  [/^takeout/i, 'source.takeout'],
  [/^(EXIF:)?GPS/, 'source.gps'],
  [/^XMP/, 'source.xmp'],
  [/^IPTC/, 'source.xmp'],
  [/^QuickTime/, 'source.video'],
  [/^Matroska|^RIFF|^ASF|^H264/, 'source.video'],
  [/^EXIF|^MakerNotes|^CanonRaw|^PNG|^XML/, 'source.camera'],
];

/** In people's words; `source.file` for a tag that has none of its own. */
export function sourceWords(source: string): MessageKey {
  return sources.find(([pattern]) => pattern.test(source))?.[1] ?? 'source.file';
}

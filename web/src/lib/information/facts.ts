import type { Picture } from '$lib/api/client';
import type { IconName } from '$lib/design/icons';
import { language, t } from '$lib/language/language.svelte';
import { durationName, sizeName } from '$lib/language/sizes';

/** A line of the panel: the main words, and more of it in smaller ones. */
export interface Fact {
  icon: IconName;
  label: string;
  main: string;
  more: string[];
}

function number(value: number, digits = 1): string {
  return new Intl.NumberFormat(language.current, { maximumFractionDigits: digits }).format(value);
}

const joined = (parts: (string | false | null | undefined)[]) => parts.filter(Boolean).join('  ·  ');

export function cameraName({ make, model }: Pick<Picture['camera'], 'make' | 'model'>): string {
  if (make && model?.toLowerCase().startsWith(make.toLowerCase())) return model;
  return [make, model].filter(Boolean).join(' ');
}

/** `1/250 s`, as cameras write it; from a third of a second on in decimals. */
export function exposureText(seconds: number): string {
  return seconds < 0.3 ? `1/${Math.round(1 / seconds)} s` : `${number(seconds)} s`;
}

function cameraFact({ camera }: Picture): Fact | null {
  const { lens, fNumber, exposureSeconds, focalLengthMm, iso } = camera;
  const settings = joined([
    fNumber !== null && `ƒ/${number(fNumber)}`,
    exposureSeconds !== null && exposureText(exposureSeconds),
    focalLengthMm !== null && `${number(focalLengthMm)} mm`,
    iso !== null && `ISO ${iso}`,
  ]);
  const lines = [cameraName(camera), lens ?? '', settings].filter(Boolean);
  return lines.length === 0 ? null : { icon: 'camera', label: t('info.camera'), main: lines[0]!, more: lines.slice(1) };
}

function fileFact(picture: Picture): Fact {
  const { width, height } = picture.edit?.shown ? picture.edit : picture;
  const megapixels = picture.kind === 'photo' && width && height ? (width * height) / 1e6 : 0;
  const shape = width && height ? `${width} × ${height}` : '';
  const many = picture.detail.frames > 1 && picture.kind === 'photo' && t('info.frames', { count: picture.detail.frames });
  return {
    icon: 'file',
    label: t('info.file'),
    main: picture.fileName,
    more: [joined([megapixels >= 0.1 && t('info.megapixels', { count: number(megapixels) }), shape, sizeName(picture.sizeBytes)]), joined([picture.mediaType, many])],
  };
}

const codecNames: Record<string, string> = {
  h264: 'H.264', hevc: 'HEVC', av1: 'AV1', vp8: 'VP8', vp9: 'VP9', mpeg2video: 'MPEG-2', mpeg4: 'MPEG-4', mjpeg: 'Motion JPEG', prores: 'ProRes', aac: 'AAC', mp3: 'MP3', opus: 'Opus',
  vorbis: 'Vorbis', ac3: 'AC-3', flac: 'FLAC',
};

const codecName = (codec: string) => codecNames[codec] ?? codec.toUpperCase();

function videoFact({ kind, durationMs, detail }: Picture): Fact | null {
  if (kind !== 'video') return null;
  const rate = detail.framesPerSecond !== null && t('info.rate', { count: number(detail.framesPerSecond, 2) });
  const sound = detail.audioCodec ? codecName(detail.audioCodec) : t('info.silent');
  return {
    icon: 'film',
    label: t('info.video'),
    main: joined([durationMs !== null && durationName(durationMs), rate]) || t('info.video'),
    more: detail.codec ? [joined([codecName(detail.codec), sound])] : [],
  };
}

function colourFact({ detail }: Picture): Fact | null {
  if (!detail.hdr && !detail.colourProfile) return null;
  const lines = [detail.hdr && t('info.hdr'), detail.colourProfile].filter((line) => typeof line === 'string');
  return { icon: 'spark', label: t('info.colour'), main: lines[0]!, more: lines.slice(1) };
}

function panoramaFact({ detail: { panorama }, width }: Picture): Fact | null {
  if (!panorama) return null;
  const degrees = width ? Math.min(360, Math.round((width / panorama.fullWidth) * 360)) : 360;
  const shape = t(panorama.projection === 'cylindrical' ? 'info.cylinder' : 'info.sphere');
  return { icon: 'sphere', label: t('sphere'), main: t('info.degrees', { degrees }), more: [shape] };
}

/** What the file says and nobody edits. */
export function factsOf(picture: Picture): Fact[] {
  const all = [cameraFact(picture), fileFact(picture), videoFact(picture), colourFact(picture), panoramaFact(picture)];
  return all.filter((fact) => fact !== null);
}

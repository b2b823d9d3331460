// Files that belong together or wrap around, made here: what phones and cameras write, as small as it can be.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ffmpeg = (...options) => execFileSync('ffmpeg', ['-v', 'error', '-y', ...options]);
const exiftool = (...options) => execFileSync('exiftool', ['-q', '-q', '-m', '-overwrite_original', ...options]);

const still = (path, source, ...filters) => ffmpeg('-f', 'lavfi', '-i', source, ...filters, '-frames:v', '1', path);
const film = (path, source, ...more) => ffmpeg('-f', 'lavfi', '-i', source, '-pix_fmt', 'yuv420p', '-g', '25', '-movflags', 'faststart', ...more, path);

/** A TIFF directory, big-endian: entries of [tag, type, bytes]; what is longer than four bytes lies behind it. */
function directory(entries, at) {
  const head = Buffer.alloc(2 + entries.length * 12 + 4);
  head.writeUInt16BE(entries.length);
  const sizes = { 1: 1, 2: 1, 3: 2, 4: 4, 7: 1 };
  const tail = [];
  let behind = at + head.length;
  entries.forEach(([tag, type, bytes], index) => {
    const entry = 2 + index * 12;
    head.writeUInt16BE(tag, entry);
    head.writeUInt16BE(type, entry + 2);
    head.writeUInt32BE(bytes.length / sizes[type], entry + 4);
    if (bytes.length <= 4) bytes.copy(head, entry + 8);
    else {
      head.writeUInt32BE(behind, entry + 8);
      const padded = Buffer.concat([bytes, Buffer.alloc(bytes.length % 2)]);
      tail.push(padded);
      behind += padded.length;
    }
  });
  return Buffer.concat([head, ...tail]);
}

const text = (value) => Buffer.from(`${value}\0`, 'ascii');

function number(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Gives a JPEG the notes of an iPhone, whose tag 17 is the identifier that its still and its video share. */
function asLive(jpeg, identifier, takenAt) {
  const notes = Buffer.concat([Buffer.from('Apple iOS\0\0\x01MM', 'latin1'), directory([[0x11, 2, text(identifier)]], 14)]);
  const shot = [[0x9003, 2, text(takenAt)], [0x927c, 7, notes]];
  const first = (pointer) => [[0x10f, 2, text('Apple')], [0x110, 2, text('iPhone 15')], [0x8769, 4, number(pointer)]];
  const shotAt = 8 + directory(first(0), 8).length;
  const tiff = Buffer.concat([Buffer.from('MM\0*\0\0\0\x08', 'latin1'), directory(first(shotAt), 8), directory(shot, shotAt)]);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const mark = Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 255]);
  return Buffer.concat([jpeg.subarray(0, 2), mark, body, jpeg.subarray(2)]);
}

function short(value) {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

/** A DNG that has nothing but its preview, which is what is shown of a RAW. */
function asNegative(jpeg, width, height) {
  const entries = (at) => [
    [254, 4, number(1)], [256, 4, number(width)], [257, 4, number(height)], [258, 3, Buffer.concat([short(8), short(8), short(8)])], [259, 3, short(7)],
    [262, 3, short(6)], [271, 2, text('Nikon')], [272, 2, text('D70')], [273, 4, number(at)], [277, 3, short(3)], [278, 4, number(height)],
    [279, 4, number(jpeg.length)], [50706, 1, Buffer.from([1, 4, 0, 0])], [50708, 2, text('Nikon D70')],
  ];
  const at = 8 + directory(entries(0), 8).length;
  return Buffer.concat([Buffer.from('MM\0*\0\0\0\x08', 'latin1'), directory(entries(at), 8), jpeg]);
}

/** Makes all of them in a new folder, and tells their paths by name. */
export function items() {
  const folder = mkdtempSync(join(tmpdir(), 'picup-items-'));
  mkdirSync(folder, { recursive: true });
  const at = (name) => join(folder, name);

  still(at('IMG_0100.JPG'), 'color=0x3366aa:s=1200x900');
  const identifier = randomUUID().toUpperCase();
  writeFileSync(at('IMG_0100.JPG'), asLive(readFileSync(at('IMG_0100.JPG')), identifier, '2026:05:01 09:00:00'));
  film(at('IMG_0100.MOV'), 'testsrc2=s=640x480:r=25:d=2', '-movflags', 'faststart+use_metadata_tags', '-metadata', `com.apple.quicktime.content.identifier=${identifier}`);

  still(at('PXL_20260502_100000000.MP.jpg'), 'color=0x88aa44:s=1200x900');
  film(at('inside.mp4'), 'testsrc2=s=640x480:r=25:d=2');
  const inside = readFileSync(at('inside.mp4'));
  exiftool('-XMP-GCamera:MicroVideo=1', '-XMP-GCamera:MicroVideoVersion=1', `-XMP-GCamera:MicroVideoOffset=${inside.length}`,
    '-DateTimeOriginal=2026:05:02 10:00:00', at('PXL_20260502_100000000.MP.jpg'));
  writeFileSync(at('PXL_20260502_100000000.MP.jpg'), Buffer.concat([readFileSync(at('PXL_20260502_100000000.MP.jpg')), inside]));

  // Four walls of 90 degrees: red is ahead to the left, green ahead to the right, then blue, then yellow.
  const walls = ['yellow', 'red', 'green', 'blue'].flatMap((colour) => ['-f', 'lavfi', '-i', `color=${colour}:s=1024x2048`]);
  ffmpeg(...walls, '-filter_complex', 'hstack=inputs=4', '-frames:v', '1', '-q:v', '2', at('sphere.jpg'));
  exiftool('-XMP-GPano:ProjectionType=equirectangular', '-XMP-GPano:UsePanoramaViewer=True', '-XMP-GPano:FullPanoWidthPixels=4096', '-XMP-GPano:FullPanoHeightPixels=2048',
    '-XMP-GPano:CroppedAreaImageWidthPixels=4096', '-XMP-GPano:CroppedAreaImageHeightPixels=2048', '-XMP-GPano:CroppedAreaLeftPixels=0',
    '-XMP-GPano:CroppedAreaTopPixels=0', '-DateTimeOriginal=2026:05:03 10:00:00', at('sphere.jpg'));

  const burst = ['00000IMG_00000_BURST20260504120000000.jpg', '00001IMG_00001_BURST20260504120000000_COVER.jpg', '00002IMG_00002_BURST20260504120000000.jpg'];
  burst.forEach((name, index) => {
    still(at(name), `color=${['0x883333', '0x338833', '0x333388'][index]}:s=900x600`);
    exiftool(`-DateTimeOriginal=2026:05:04 12:00:0${index}`, '-Make=Google', '-Model=Pixel 8', at(name));
  });

  still(at('faces.jpg'), 'testsrc2=s=1200x800');
  exiftool('-Make=Canon', '-Model=Canon EOS R6', '-LensModel=RF 35mm', '-FNumber=1.8', '-ExposureTime=1/200', '-ISO=200', '-FocalLength=35',
    '-DateTimeOriginal=2026:05:05 18:30:00', '-OffsetTimeOriginal=+09:00', '-GPSLatitude=33.45', '-GPSLatitudeRef=N', '-GPSLongitude=126.57', '-GPSLongitudeRef=E',
    '-XMP-dc:Subject=Jeju', '-XMP-mwg-rs:RegionInfo={AppliedToDimensions={W=1200,H=800,Unit=pixel},RegionList=[{Area={X=0.25,Y=0.5,W=0.2,H=0.4,Unit=normalized},Name=Mina,Type=Face}]}', at('faces.jpg'));

  const jpeg = at('DSC_0042.JPG');
  still(jpeg, 'testsrc2=s=900x600');
  exiftool('-DateTimeOriginal=2026:05:06 08:00:00', '-Make=Nikon', '-Model=D70', jpeg);
  writeFileSync(at('DSC_0042.DNG'), asNegative(readFileSync(jpeg), 900, 600));
  exiftool('-DateTimeOriginal=2026:05:06 08:00:00', at('DSC_0042.DNG'));

  copyFileSync(jpeg, at('beside.jpg'));
  exiftool('-DateTimeOriginal=2026:05:07 08:00:00', at('beside.jpg'));
  const xmp = (name, description) => {
    writeFileSync(at(name), `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="5"><dc:description><rdf:Alt><rdf:li xml:lang="x-default">${description}</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>`);
  };
  xmp('beside.jpg.xmp', 'Written beside it');
  xmp('nobody.xmp', 'Nobody has it');
  writeFileSync(at('notes.txt'), 'Milk, bread');
  return { at, burst };
}

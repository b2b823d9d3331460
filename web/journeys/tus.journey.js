import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Upload } from 'tus-js-client';
import { landscapes } from './landscapes.js';

const origin = new URL(process.env.PICUP_URL ?? 'http://localhost:8080');
const stamp = Date.now().toString(36);
const megabyte = 1 << 20;

let photo;

/** The photo, as large as wanted and like no other: comments of random bytes, which no decoder minds, follow the first marker. */
function photoOf(bytes) {
  const comments = [];
  for (let left = bytes; left > 0; left -= 65_004) {
    const comment = randomBytes(65_004);
    comment.writeUInt32BE(0xfffe0000 + 65_002); // COM, and the length of what follows
    comments.push(comment);
  }
  return Buffer.concat([photo.subarray(0, 2), ...comments, photo.subarray(2)]);
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Passes bytes on to Picup, and cuts as many connections as are still to be cut, each after some bytes of the client. */
class Cutter {
  remaining = 0;
  most = 0;
  #count = 0;
  #sockets = new Set();
  #server = net.createServer((client) => {
    const server = net.connect(Number(origin.port), origin.hostname);
    let left = 500 + ((this.#count++ * 7919) % this.most);
    let cut = false;
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => (this.#sockets.delete(socket), client.destroy(), server.destroy()));
    }
    server.pipe(client);
    client.on('data', (bytes) => {
      if (cut) return;
      if (bytes.length < left || this.remaining === 0) {
        left -= bytes.length;
        if (!server.write(bytes)) {
          client.pause();
          server.once('drain', () => client.resume());
        }
        return;
      }
      cut = true;
      this.remaining--;
      server.end(bytes.subarray(0, left), () => client.resetAndDestroy());
    });
  });

  async listen() {
    await new Promise((listening) => this.#server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  async close() {
    this.#sockets.forEach((socket) => socket.destroy());
    await new Promise((closed) => this.#server.close(closed));
  }
}

/** As a page that is closed and opened again remembers it. */
class Remembered {
  #all = new Map();
  findAllUploads = async () => [...this.#all.values()];
  findUploadsByFingerprint = async (fingerprint) => [...this.#all.values()].filter((each) => each.fingerprint === fingerprint);
  removeUpload = async (key) => void this.#all.delete(key);
  addUpload = async (fingerprint, upload) => {
    const key = `${fingerprint}-${this.#all.size}`;
    this.#all.set(key, { ...upload, fingerprint, urlStorageKey: key });
    return key;
  };
}

describe('the stock client of tus', () => {
  let token, cutter, throughCutter;

  before(async () => {
    photo = readFileSync(landscapes(mkdtempSync(join(tmpdir(), 'picup-tus-')), 1)[0]);
    const credentials = { username: `tus-${stamp}`, password: 'correct horse battery staple' };
    const post = (path, body) => fetch(new URL(path, origin), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    assert.equal((await post('/api/members', credentials)).status, 201);
    token = (await (await post('/api/auth/sessions', credentials)).json()).accessToken;
    cutter = new Cutter();
    throughCutter = await cutter.listen();
  });
  after(() => cutter.close());

  const get = (path) => fetch(new URL(path, origin), { headers: { Authorization: `Bearer ${token}` } });

  /** Ends when the client says so; what it says last is the answer. */
  function send(file, options) {
    return new Promise((resolve, reject) => {
      const upload = new Upload(file, {
        endpoint: new URL('/api/uploads', origin).href,
        headers: { Authorization: `Bearer ${token}` },
        retryDelays: [0, 50, 200],
        metadata: { filename: 'landscape.jpg', sha256: sha256(file) },
        ...options,
        onSuccess: ({ lastResponse }) => resolve({ lastResponse }),
        onError: reject,
      });
      upload.start();
    });
  }

  async function isWhole({ lastResponse }, file) {
    assert.equal(lastResponse.getHeader('Picup-Outcome'), 'added');
    const original = await get(`/api/pictures/${lastResponse.getHeader('Picup-Picture')}/original`);
    assert.equal(sha256(Buffer.from(await original.arrayBuffer())), sha256(file));
  }

  test('sends a file whole, and hears what became of it', async () => {
    const file = photoOf(megabyte);
    await isWhole(await send(file, {}), file);
    const again = await send(file, {});
    assert.equal(again.lastResponse.getHeader('Picup-Outcome'), 'already-there');
  });

  test('sends a file in chunks, and the first of them with the creation', async () => {
    const file = photoOf(3 * megabyte);
    await isWhole(await send(file, { chunkSize: megabyte, uploadDataDuringCreation: true }), file);
  });

  test('does not need to know the size before', async () => {
    const file = photoOf(2 * megabyte);
    await isWhole(await send(file, { chunkSize: megabyte, uploadLengthDeferred: true }), file);
  });

  test('says POST where nothing else gets through', async () => {
    const file = photoOf(megabyte);
    await isWhole(await send(file, { overridePatchMethod: true }), file);
  });

  test('goes on from a stored address after its page was closed', async () => {
    const file = photoOf(4 * megabyte);
    const urlStorage = new Remembered();
    const options = { urlStorage, fingerprint: async () => 'a file', chunkSize: megabyte };
    const begun = (more) => new Upload(file, { ...options, endpoint: new URL('/api/uploads', origin).href, headers: { Authorization: `Bearer ${token}` }, ...more });
    const url = await new Promise((stopped, reject) => {
      const first = begun({ onError: reject, onChunkComplete: (_, accepted) => accepted >= 2 * megabyte && first.abort().then(() => stopped(first.url), reject) });
      first.start();
    });
    const methods = [];
    const ended = await new Promise((resolve, reject) => {
      const second = begun({ onError: reject, onSuccess: resolve, onBeforeRequest: (request) => void methods.push(request.getMethod()) });
      second.findPreviousUploads().then(([previous]) => {
        assert.equal(previous.uploadUrl, url);
        second.resumeFromPreviousUpload(previous);
        second.start();
      });
    });
    assert.equal(methods[0], 'HEAD'); // and what was left of four megabytes and a photo
    assert.ok(methods.length <= 4 && methods.slice(1).every((method) => method === 'PATCH'), methods.join(' '));
    await isWhole(ended, file);
  });

  test('ends whole after fifty interruptions', async () => {
    const file = photoOf(12 * megabyte);
    Object.assign(cutter, { remaining: 50, most: 200_000 });
    const sent = await send(file, { endpoint: `${throughCutter}/api/uploads`, retryDelays: Array(200).fill(0) });
    assert.equal(cutter.remaining, 0);
    await isWhole(sent, file);
  });

  test('sends pieces side by side, which are joined', async () => {
    const file = photoOf(6 * megabyte);
    await isWhole(await send(file, { parallelUploads: 4, chunkSize: megabyte }), file);
  });

  test('sends pieces side by side through interruptions', async () => {
    const file = photoOf(6 * megabyte);
    Object.assign(cutter, { remaining: 12, most: 300_000 });
    const sent = await send(file, { endpoint: `${throughCutter}/api/uploads`, parallelUploads: 3, chunkSize: megabyte, retryDelays: Array(200).fill(0) });
    assert.equal(cutter.remaining, 0);
    await isWhole(sent, file);
  });

  test('takes back what nobody wants any more', async () => {
    const file = photoOf(4 * megabyte);
    const url = await new Promise((ended, reject) => {
      const upload = new Upload(file, {
        endpoint: new URL('/api/uploads', origin).href,
        headers: { Authorization: `Bearer ${token}` },
        chunkSize: megabyte,
        onError: reject,
        onChunkComplete: () => upload.abort(true).then(() => ended(upload.url), reject),
      });
      upload.start();
    });
    assert.equal((await get(new URL(url).pathname)).status, 404);
  });

  test('hears why a file is refused', async () => {
    const refused = await send(Buffer.alloc(200_000), {}).then(
      () => assert.fail('taken'),
      (error) => error.originalResponse,
    );
    assert.equal(refused.getStatus(), 415);
    assert.equal(JSON.parse(refused.getBody()).code, 'not-a-picture');
    const overflow = await send(photoOf(10_000), { metadata: { sha256: 'f'.repeat(64) } }).then(
      () => assert.fail('taken'),
      (error) => error.originalResponse,
    );
    assert.equal(overflow.getStatus(), 422);
  });
});

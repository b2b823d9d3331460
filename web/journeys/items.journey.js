import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { eventually, inspect, launch, openPage, tours, violationsOn } from './browser.js';
import { items } from './items.js';
import { momentName, shortMomentName } from './moments.js';
import { asTransfer } from './samples.js';
import { wordsOf } from './words.js';

const password = 'correct horse battery staple';
const stamp = Date.now().toString(36);
const made = items();
/** When each was taken that has a badge; of the burst, its first cover. */
const takenAt = { live: '2026-05-01T09:00:00', motion: '2026-05-02T10:00:00', panorama: '2026-05-03T10:00:00', burst: '2026-05-04T12:00:01', raw: '2026-05-06T08:00:00' };

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const { size, language, options } of tours) {
  describe(`items of several files, and what they say, on a ${size} in ${language}`, () => {
    const t = wordsOf(language);
    let page, complaints, context;
    const shot = (name) => inspect(page, `${size}-${language}-${name}`);
    const press = (target) => (options.hasTouch ? target.tap() : target.click());
    const viewer = () => page.getByRole('dialog');
    const panel = () => page.getByRole('complementary', { name: t('info') });
    const tile = async (badge) => {
      const when = await shortMomentName(page, language, takenAt[badge]);
      return page.getByRole('link', { name: `${t('tile.photo', { when })}, ${t(`badge.${badge}`)}`, exact: true });
    };

    before(async () => {
      ({ page, complaints, context } = await openPage(browser, options));
      const account = { username: `yuna-${size}-${language}-${stamp}`, password, displayName: 'Yuna' };
      const answer = await page.request.post('/api/members', { data: account });
      assert.equal(answer.status(), 201);
      await page.goto('/');
      await page.getByRole('heading', { name: t('timeline.empty.title') }).waitFor();
    });
    after(() => context.close());

    test('uploads pictures and what lies beside them, and is told what became of each', async () => {
      const names = ['IMG_0100.JPG', 'IMG_0100.MOV', 'PXL_20260502_100000000.MP.jpg', 'sphere.jpg', ...made.burst, 'faces.jpg', 'DSC_0042.JPG', 'DSC_0042.DNG', 'beside.jpg'];
      await drop(names);
      await page.getByRole('heading', { name: t('upload.done', { count: names.length }) }).waitFor({ timeout: 120_000 });
      await drop(['beside.jpg.xmp', 'nobody.xmp', 'notes.txt']);
      const uploads = page.getByRole('region', { name: t('uploads') });
      await uploads.getByText(t('upload.sidecar.belongs', { name: '\u2068beside.jpg\u2069' })).waitFor();
      await uploads.getByText(t('upload.sidecar.waits')).waitFor();
      await uploads.getByText(t('problem.not-a-picture')).waitFor();
      await shot('items-upload');
      await press(uploads.getByRole('button', { name: t('close') }));
    });

    test('sees one tile for each item, and what it is', async () => {
      await eventually('the pictures are joined to seven items', async () => {
        const count = await page.locator('[data-picture]').count();
        const waiting = await page.getByText(t('tile.processing')).count();
        return (count === 7 && waiting === 0) || { count, waiting };
      }, { withinMs: 180_000 });
      for (const badge of Object.keys(takenAt)) await (await tile(badge)).waitFor();
      await shot('items-timeline');
    });

    test('plays a Live Photo from its badge, and while a finger rests on the picture', async () => {
      await eventually('the video beside the still is made', () => liveVideoIsMade());
      await open('live');
      await playsFromBadge(t('live.play'));
      await shot('items-live');
    });

    test('plays the video inside a motion photo', async () => {
      await open('motion');
      await playsFromBadge(t('motion.play'));
    });

    test('looks around in a sphere: by keys and by dragging, and back', async () => {
      await open('panorama');
      const view = page.getByRole('application');
      await view.waitFor();
      await eventually('the sphere is drawn', async () => (await colourAhead('right')) === 'green' || colourAhead('right'));
      assert.equal(await colourAhead('left'), 'red');
      await shot('items-sphere');
      await view.focus();
      for (let times = 0; times < 14; times++) await page.keyboard.press('ArrowRight');
      await eventually('green is left and blue is right of a quarter turn', async () => {
        const seen = [await colourAhead('left'), await colourAhead('right')];
        return (seen[0] === 'green' && seen[1] === 'blue') || seen;
      });
      const yaw = async () => Number(await view.getAttribute('data-yaw'));
      const before = await yaw();
      const box = await view.boundingBox();
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width / 2 + 100, box.y + box.height / 2, { steps: 4 });
      await page.mouse.up();
      assert.ok((await yaw()) < before, 'dragging to the right looks to the left');
      const fov = Number(await view.getAttribute('data-fov'));
      await view.focus();
      await page.keyboard.press('+');
      await eventually('plus brings it nearer', async () => Number(await view.getAttribute('data-fov')) < fov || fov);
      await press(page.getByRole('button', { name: t('sphere.reset') }));
      await eventually('it looks ahead again', async () => (await yaw()) === 0 || yaw());
      await press(page.getByRole('button', { name: t('sphere.flat') }));
      await page.locator('.viewer .preview.sharp img').waitFor();
      await press(page.getByRole('button', { name: t('sphere.enter') }));
      await view.waitFor();
    });

    test('leafs through a burst, chooses its cover and takes one out', async () => {
      await open('burst');
      const strip = page.getByRole('region', { name: t('badge.burst') });
      const button = (key, values) => strip.getByRole('button', { name: t(key, values), exact: true });
      await strip.getByText(t('burst.place', { place: 2, count: 3 })).waitFor();
      await press(button('burst.frame', { place: 3 }));
      await strip.getByText(t('burst.place', { place: 3, count: 3 })).waitFor();
      await shot('items-burst');
      const address = page.url();
      await press(button('burst.cover'));
      await page.getByText(t('burst.covered')).waitFor();
      await eventually('the address is that of the new cover', async () => page.url() !== address || page.url());
      await button('burst.frame.cover', { place: 3 }).waitFor();
      await press(button('burst.frame', { place: 1 }));
      await press(button('burst.take'));
      await strip.getByText(t('burst.place', { place: 2, count: 2 })).waitFor();
      await page.keyboard.press('Escape');
      await eventually('it has a tile of its own', async () => (await page.locator('[data-picture]').count()) === 8 || page.locator('[data-picture]').count());
    });

    test('switches between RAW and JPEG, and downloads each as it came', async () => {
      await open('raw');
      const choice = page.getByRole('group', { name: t('raw.switch') });
      await press(choice.getByRole('button', { name: 'RAW' }));
      await eventually('RAW is chosen', async () => (await choice.getByRole('button', { name: 'RAW' }).getAttribute('aria-pressed')) === 'true');
      await shot('items-raw');
      for (const [kind, name] of [['original', 'DSC_0042.JPG'], ['raw', 'DSC_0042.DNG']]) {
        await press(page.getByRole('button', { name: t('download'), exact: true }));
        if (kind === 'raw') await shot('items-downloads');
        const [download] = await Promise.all([page.waitForEvent('download'), press(page.getByRole('menuitem', { name: `${t(`download.${kind}`)} \u2068${name}\u2069` }))]);
        assert.equal(download.suggestedFilename(), name);
        assert.deepEqual(readFileSync(await download.path()), readFileSync(made.at(name)));
      }
    });

    test('reads all that a picture says, and sees whose face is meant', async () => {
      await openByName('faces.jpg');
      await page.keyboard.press('i');
      for (const words of ['Canon EOS R6', 'ƒ/1.8', '1/200 s', '35 mm', 'ISO 200', 'RF 35mm', '33.45000, 126.57000', 'Jeju', t('source.camera'), 'UTC+09:00']) {
        await panel().getByText(words).first().waitFor();
      }
      await panel().getByRole('button', { name: 'Mina' }).focus();
      const face = await page.locator('.viewer .face').boundingBox();
      const photo = await page.locator('.viewer .photo').boundingBox();
      assert.ok(Math.abs((face.x + face.width / 2 - photo.x) / photo.width - 0.25) < 0.01);
      assert.ok(Math.abs(face.height / photo.height - 0.4) < 0.01);
      await shot('items-information');
    });

    test('changes time, place, tags, description and rating, and takes one back', async () => {
      await press(panel().getByRole('button', { name: t('edit.time') }));
      await panel().getByLabel(t('edit.time.local')).fill('2026-05-05T19:45:10');
      await panel().getByLabel(t('edit.time.offset')).selectOption('+05:45');
      await shot('items-edit-time');
      await save();
      await panel().getByText(await momentName(page, language, '2026-05-05T19:45:10')).waitFor();
      await panel().getByText(`UTC+05:45 · ${t('source.edit')}`).waitFor();
      await undo();
      await panel().getByText(await momentName(page, language, '2026-05-05T18:30:00')).waitFor();
      await panel().getByText('UTC+09:00').waitFor();

      await press(panel().getByRole('button', { name: t('edit.place') }));
      const place = panel().getByLabel(t('edit.place.coordinates'));
      await place.fill('somewhere');
      await panel().getByText(t('edit.place.wrong')).waitFor();
      await place.fill('37°33\'59.4"N 126°58\'40.8"E');
      await save();
      await panel().getByText('37.56650, 126.97800').waitFor();
      await undo();
      await panel().getByText('33.45000, 126.57000').waitFor();

      await press(panel().getByRole('button', { name: t('edit.tags') }));
      await panel().getByLabel(t('edit.tags.new')).fill('harbour');
      await page.keyboard.press('Enter');
      await press(panel().getByRole('button', { name: t('edit.tags.remove', { tag: 'Jeju' }) }));
      await save();
      await panel().getByText('harbour').waitFor();
      assert.equal(await panel().getByRole('button', { name: t('edit.tags.remove', { tag: 'Jeju' }) }).count(), 0);

      await panel().getByLabel(t('info.description')).fill('Boats in the evening');
      await save();
      await press(panel().getByRole('button', { name: t('info.stars', { count: 4 }) }));
      await page.getByText(t('edit.rating.done', { count: 4 })).waitFor();
      await page.reload();
      await viewer().waitFor();
      await page.locator('.viewer .preview.sharp img').first().waitFor();
      await page.keyboard.press('i');
      await eventually('the description stays', async () => (await panel().getByLabel(t('info.description')).inputValue()) === 'Boats in the evening');
      assert.equal(await panel().getByRole('button', { name: t('info.stars', { count: 4 }) }).getAttribute('aria-pressed'), 'true');
    });

    test('has the file read again, and keeps what was changed', async () => {
      await press(panel().getByRole('button', { name: t('facts.again') }));
      await page.getByText(t('facts.read')).waitFor({ timeout: 60_000 });
      await panel().getByText('harbour').waitFor();
      await panel().getByText('Canon EOS R6').waitFor();
    });

    test('finds in the panel what the sidecar says', async () => {
      await openByName('beside.jpg');
      await page.keyboard.press('i');
      await eventually('the description of the sidecar is shown', async () => (await panel().getByLabel(t('info.description')).inputValue()) === 'Written beside it');
      await panel().getByText('beside.jpg.xmp').waitFor();
    });

    test('never saw an error or a breach of the content policy', async () => {
      // The text that is no picture is refused, which a browser logs.
      assert.deepEqual(complaints.filter((line) => !/status of 415/.test(line)), []);
      assert.deepEqual(await violationsOn(page), []);
    });

    async function drop(names) {
      const transfer = await page.evaluateHandle((dropped) => {
        const transfer = new DataTransfer();
        for (const { name, base64 } of dropped) {
          transfer.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], name));
        }
        return transfer;
      }, asTransfer(names.map(made.at)));
      await page.getByRole('main').waitFor(); // the app is there, and takes what is dropped
      await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
    }

    async function open(badge) {
      await page.goto('/');
      await press(await tile(badge));
      await viewer().waitFor();
    }

    /** Videos are made playable behind everything else. */
    async function liveVideoIsMade() {
      const { pictures } = await (await page.request.get('/api/pictures')).json();
      const live = pictures.flatMap(({ parts }) => parts).find(({ role }) => role === 'live');
      return live ? (await page.request.get(`/api/pictures/${live.id}/renditions/video`)).ok() : 'no part yet';
    }

    async function openByName(name) {
      const id = await page.evaluate(async (wanted) => {
        const { pictures } = await (await fetch('/api/pictures')).json();
        return pictures.find(({ fileName }) => fileName === wanted)?.id;
      }, name);
      await page.goto(`/picture/${id}`);
      await page.getByRole('dialog', { name }).waitFor();
      await page.locator('.viewer .preview.sharp img').first().waitFor();
    }

    /** Resting on the badge plays without sound, and leaving it stops; pressing it plays too. */
    async function playsFromBadge(name) {
      const badge = page.getByRole('button', { name });
      await badge.waitFor();
      const film = page.locator('.viewer .photo video');
      if (!options.hasTouch) {
        await badge.hover();
        await eventually('it plays without sound', () => film.evaluate((video) => (video.muted && video.currentTime > 0) || video.currentTime));
        await page.mouse.move(700, 600);
        await film.waitFor({ state: 'detached' });
      }
      await press(badge);
      await eventually('it plays', () => film.evaluate((video) => video.currentTime > 0 || video.error?.message || video.readyState));
      await film.waitFor({ state: 'detached' });
      if (!options.hasTouch) return;
      const box = await page.locator('.viewer .photo').boundingBox();
      const touch = await context.newCDPSession(page);
      await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }] });
      await film.waitFor();
      await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      await film.waitFor({ state: 'detached' });
    }

    /** The colour in the middle of one half of what is seen, as the screen has it. */
    async function colourAhead(half) {
      const png = await page.getByRole('application').screenshot();
      return page.evaluate(async ([base64, half]) => {
        const image = new Image();
        image.src = `data:image/png;base64,${base64}`;
        await image.decode();
        const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
        const drawing = canvas.getContext('2d');
        drawing.drawImage(image, 0, 0);
        const [red, green, blue] = drawing.getImageData(canvas.width * (half === 'left' ? 0.3 : 0.7), canvas.height * 0.4, 1, 1).data;
        if (red + green + blue < 60) return 'nothing';
        if (red > 150 && green > 150) return 'yellow';
        return red > green && red > blue ? 'red' : green > blue ? 'green' : 'blue';
      }, [png.toString('base64'), half]);
    }

    async function save() {
      await press(panel().getByRole('button', { name: t('save') }));
      await panel().getByRole('button', { name: t('save') }).waitFor({ state: 'detached' });
    }

    async function undo() {
      await press(page.getByRole('button', { name: t('undo') }).last());
    }
  });
}

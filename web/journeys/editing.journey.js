import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { eventually, inspect, launch, openPage, tours, violationsOn } from './browser.js';
import { landscapes } from './landscapes.js';
import { asTransfer } from './samples.js';

const password = 'correct horse battery staple';
const stamp = Date.now().toString(36);

/** A landscape, an animation, and four quarters of known colours: red, green, blue and grey. */
function samples() {
  const folder = mkdtempSync(join(tmpdir(), 'picup-editing-'));
  const at = (name) => join(folder, name);
  const ffmpeg = (...options) => execFileSync('ffmpeg', ['-v', 'error', '-y', ...options]);
  const inputs = ['0xc83c3c', '0x3ca03c', '0x3c3cc8', '0x808080'].flatMap((colour) => ['-f', 'lavfi', '-i', `color=${colour}:s=600x400`]);
  ffmpeg(...inputs, '-filter_complex', 'xstack=inputs=4:layout=0_0|w0_0|0_h0|w0_h0', '-frames:v', '1', at('quarters.png'));
  ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=320x240:r=5:d=1', at('moving.gif'));
  return { quarters: at('quarters.png'), moving: at('moving.gif'), landscape: landscapes(join(folder, 'landscapes'), 3)[2] };
}

const files = samples();

const words = {
  en: {
    edit: 'Edit', title: 'Edit photo', save: 'Save', reset: 'Reset', light: 'Light', colour: 'Colour', crop: 'Crop', right: 'Turn right', mirror: 'Mirror', corner: /^Bottom right corner/,
    edge: /^Right edge/, straighten: 'Straighten', square: 'Square', exposure: 'Exposure', saturation: 'Saturation', undo: 'Undo', saved: 'Photo edited', reverted: 'Back to the original', edited: 'Edited', info: 'Information',
    download: 'Download', original: 'Original', close: 'Close the editor', discard: 'Discard', keep: 'Keep editing', discardTitle: 'Discard your changes?',
  },
  ko: {
    edit: '편집', title: '사진 편집', save: '저장', reset: '초기화', light: '밝기', colour: '색상', crop: '자르기', right: '오른쪽으로 회전', mirror: '좌우 반전', corner: /^오른쪽 아래 모서리/,
    edge: /^오른쪽 가장자리/, straighten: '수평 맞추기', square: '정사각형', exposure: '노출', saturation: '채도', undo: '실행 취소', saved: '사진을 편집했습니다', reverted: '원본으로 되돌렸습니다', edited: '편집됨', info: '정보',
    download: '다운로드', original: '원본', close: '편집기 닫기', discard: '버리기', keep: '계속 편집', discardTitle: '변경 사항을 버릴까요?',
  },
};

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const { size, language, options } of tours) {
  const say = words[language];
  describe(`edits of photos, on a ${size} in ${language}`, () => {
    let page, complaints, context, ids;
    const shot = (name) => inspect(page, `${size}-${language}-editing-${name}`);
    const press = (target) => (options.hasTouch ? target.tap() : target.click());
    const editor = () => page.getByRole('dialog', { name: say.title });
    const control = (name) => editor().getByRole('button', { name, exact: typeof name === 'string' });
    const tab = (name) => press(editor().getByRole('tab', { name }));
    const facts = async (id) => (await page.request.get(`/api/pictures/${id}`)).json();

    before(async () => {
      ({ page, complaints, context } = await openPage(browser, options));
      const account = { username: `hana-${size}-${language}-${stamp}`, password, displayName: 'Hana' };
      assert.equal((await page.request.post('/api/members', { data: account })).status(), 201);
      await page.goto('/');
      ids = await upload();
    });
    after(() => context.close());

    test('opens with a key and crops by dragging a corner', async () => {
      await look(ids.quarters);
      await page.keyboard.press('e');
      await editor().getByRole('img').waitFor();
      const corner = control(say.corner);
      await corner.waitFor();
      await shot('crop');
      const picture = await editor().getByRole('img').boundingBox();
      const handle = await corner.boundingBox();
      await drag({ x: handle.x + handle.width / 2, y: handle.y + handle.height / 2 }, { x: picture.x + picture.width / 2, y: picture.y + picture.height / 2 });
      await save();
      const shown = await made(ids.quarters);
      assert.ok(Math.abs(shown.width - 600) <= 12 && Math.abs(shown.height - 400) <= 12, `${shown.width} × ${shown.height}`);
      assert.equal(dominant(await pixel(ids.quarters, 0.5, 0.5)), 'red');
      await eventually('the viewer shows it', async () => (await shownRatio()) < 1.6 || shownRatio());
    });

    test('crops by keyboard, and the browser shows what the worker makes', async () => {
      await look(ids.quarters);
      await openEditor();
      await press(control(say.reset));
      const edge = control(say.edge);
      await edge.focus();
      for (let times = 0; times < 5; times++) await page.keyboard.press('Shift+ArrowLeft');
      await tab(say.light);
      await slide(say.exposure, -60);
      await tab(say.colour);
      await slide(say.saturation, 80);
      await shot('colour');
      const expected = await previewPixel(0.5, 0.25);
      await save();
      const shown = await made(ids.quarters);
      assert.deepEqual([shown.width, shown.height], [600, 800]);
      const got = await pixel(ids.quarters, 0.5, 0.25);
      got.forEach((value, channel) => assert.ok(Math.abs(value - expected[channel]) <= 5, `the worker made ${got}, the browser ${expected}`));
    });

    test('is seen in the timeline, and taken back from the information', async () => {
      await page.goto('/');
      const tile = page.locator(`[data-picture="${ids.quarters}"]`);
      await tile.waitFor();
      const box = await tile.boundingBox();
      assert.ok(Math.abs(box.width / box.height - 0.75) < 0.05, `${box.width} × ${box.height}`);
      await shot('timeline');
      await look(ids.quarters);
      await page.keyboard.press('i');
      const panel = page.getByRole('complementary', { name: say.info });
      await panel.getByText(say.edited, { exact: true }).waitFor();
      await shot('information');
      await press(panel.getByRole('button', { name: language === 'en' ? 'Back to the original' : '원본으로 되돌리기' }));
      await page.getByRole('status').getByText(say.reverted).waitFor();
      assert.equal((await facts(ids.quarters)).edit, null);
      await eventually('the viewer shows the original', async () => Math.abs((await shownRatio()) - 1.5) < 0.02 || shownRatio());
      await press(page.getByRole('status').getByRole('button', { name: say.undo }));
      const again = await made(ids.quarters);
      assert.deepEqual([again.width, again.height], [600, 800]);
    });

    test('turns, mirrors and straightens, and undoes an edit', async () => {
      await look(ids.landscape);
      const before = await facts(ids.landscape);
      await openEditor();
      await press(control(say.right));
      await press(control(say.mirror));
      await slide(say.straighten, 12);
      await press(control(say.square));
      await shot('straightened');
      await save();
      const shown = await made(ids.landscape);
      assert.ok(Math.abs(shown.width - shown.height) <= 1, `${shown.width} × ${shown.height}`);
      assert.deepEqual([shown.edit.recipe.turns, shown.edit.recipe.mirrored, shown.edit.recipe.straightenDegrees], [1, true, 12]);
      await press(page.getByRole('status').getByRole('button', { name: say.undo }).last());
      await eventually('the original is back', async () => (await facts(ids.landscape)).edit === null);
      const after = await facts(ids.landscape);
      assert.deepEqual([after.width, after.height, after.thumbHash], [before.width, before.height, before.thumbHash]);
    });

    test('asks before changes are lost', async () => {
      await look(ids.landscape);
      await openEditor();
      await tab(say.light);
      await slide(say.exposure, 30);
      await shot('light');
      await page.keyboard.press('Escape');
      const question = page.getByRole('dialog', { name: say.discardTitle });
      await question.waitFor();
      await shot('discard');
      await press(question.getByRole('button', { name: say.keep }));
      await editor().waitFor();
      await press(control(say.close));
      await press(question.getByRole('button', { name: say.discard, exact: true }));
      await editor().waitFor({ state: 'detached' });
      assert.equal((await facts(ids.landscape)).edit, null);
    });

    test('downloads both, the original as it came', async () => {
      await look(ids.quarters);
      for (const [label, name] of [[language === 'en' ? 'Edited' : '편집본', /^quarters-edited\.jpg$/], [say.original, /^quarters\.png$/]]) {
        await press(page.getByRole('button', { name: say.download, exact: true }));
        if (label !== say.original) await shot('downloads');
        const [download] = await Promise.all([page.waitForEvent('download'), press(page.getByRole('menuitem', { name: new RegExp(`^${label}`) }))]);
        assert.match(download.suggestedFilename(), name);
      }
    });

    test('offers nothing for what moves', async () => {
      await look(ids.moving);
      assert.equal(await page.getByRole('button', { name: say.edit, exact: true }).count(), 0);
      await page.keyboard.press('e');
      assert.equal(await editor().count(), 0);
      const answer = await page.request.put(`/api/pictures/${ids.moving}/edit`, { data: { turns: 1 } });
      assert.equal((await answer.json()).code, 'not-editable');
    });

    test('never saw an error or a breach of the content policy', async () => {
      assert.deepEqual(complaints, []);
      assert.deepEqual(await violationsOn(page), []);
    });

    async function upload() {
      const transfer = await page.evaluateHandle((dropped) => {
        const transfer = new DataTransfer();
        for (const { name, base64 } of dropped) transfer.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], name));
        return transfer;
      }, asTransfer(Object.values(files)));
      await page.getByRole('main').waitFor(); // the app is there, and takes what is dropped
      await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
      let pictures;
      await eventually('three pictures are ready', async () => {
        ({ pictures } = await (await page.request.get('/api/pictures')).json());
        return (pictures.length === 3 && pictures.every(({ state }) => state === 'ready')) || pictures.map(({ state }) => state);
      });
      return Object.fromEntries(Object.entries(files).map(([name, file]) => [name, pictures.find(({ fileName }) => file.endsWith(fileName)).id]));
    }

    async function look(id) {
      await page.goto(`/picture/${id}`);
      await page.locator('.viewer .preview.sharp img').first().waitFor();
    }

    async function openEditor() {
      await press(page.getByRole('button', { name: say.edit, exact: true }));
      await editor().getByRole('img').waitFor();
    }

    async function save() {
      await press(control(say.save));
      await editor().waitFor({ state: 'detached' });
      await page.getByRole('status').getByText(say.saved).first().waitFor();
    }

    /** The facts of a picture whose edit has been made. */
    async function made(id) {
      let picture;
      await eventually('the edit is made', async () => {
        picture = await facts(id);
        return picture.edit?.state === 'ready' || picture.edit;
      });
      return picture;
    }

    async function slide(name, value) {
      await editor().getByRole('slider', { name }).fill(String(value));
    }

    async function drag(from, to) {
      if (options.hasTouch) {
        const touch = await context.newCDPSession(page);
        const points = [0, 0.25, 0.5, 0.75, 1].map((part) => ({ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }));
        await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [points[0]] });
        for (const point of points.slice(1)) {
          // As slowly as a finger: after a fling the next tap only stops it.
          await new Promise((done) => setTimeout(done, 60));
          await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [point] });
        }
        await new Promise((done) => setTimeout(done, 200));
        await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
        return;
      }
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(to.x, to.y, { steps: 5 });
      await page.mouse.up();
    }

    async function shownRatio() {
      const box = await page.locator('.viewer .photo').boundingBox();
      return box.width / box.height;
    }

    /** A pixel of what is seen in the editor, by parts of the cropped picture. */
    async function previewPixel(x, y) {
      const png = await editor().locator('.window').screenshot();
      return colourOf(`data:image/png;base64,${png.toString('base64')}`, x, y);
    }

    async function pixel(id, x, y) {
      const { version } = await facts(id);
      return colourOf(`/api/pictures/${id}/renditions/full?v=${version}`, x, y);
    }

    async function colourOf(src, x, y) {
      return page.evaluate(async ([src, x, y]) => {
        const image = new Image();
        image.src = src;
        await image.decode();
        const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
        const drawing = canvas.getContext('2d');
        drawing.drawImage(image, 0, 0);
        return [...drawing.getImageData(canvas.width * x, canvas.height * y, 1, 1).data.slice(0, 3)];
      }, [src, x, y]);
    }

    function dominant([red, green, blue]) {
      return red > green && red > blue ? 'red' : green > blue ? 'green' : 'blue';
    }
  });
}

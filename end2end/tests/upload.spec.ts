// Files of any size: the public tus client passes, and the wizard's own uploader goes on after a reload and a dropped
// line.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tus from 'tus-js-client';
import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/a11y';
import { call } from '../fixtures/api';
import { expect, hydrated, test, Visitor } from '../fixtures/test';

test.use({ world: 'uploads' });

const MIB = 1024 * 1024;
const AUTHOR = 'pt.tacgia05';

interface Attached {
  file_name: string;
  sha256: string;
  size: number;
}

/** Bytes that are a PNG as far as their beginning tells. */
function picture(size: number): Buffer {
  const head = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex');
  return Buffer.concat([head, randomBytes(size - head.length)]);
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function draftOf({ context }: Visitor, url: string): Promise<string> {
  const own = await call<{ entries: { entry: string; state: string }[] }>(context, url, 'entry/own_entries');
  const draft = own.entries.find(line => line.state === 'draft');
  if (!draft) throw new Error('the demo has no draft');
  return draft.entry;
}

async function attached({ context }: Visitor, url: string, entry: string): Promise<Attached[]> {
  return (await call<{ attachments: Attached[] }>(context, url, 'entry/draft', { entry })).attachments;
}

test('the public tus client uploads, breaks off, goes on and gives up', async ({ visitor, server }) => {
  const author = await visitor(AUTHOR);
  const entry = await draftOf(author, server.url);
  const cookie = (await author.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const bytes = picture(64 * MIB);
  const options = (name: string): tus.UploadOptions => ({
    endpoint: `${server.url}/uploads`,
    headers: { cookie },
    metadata: { entry, kind: 'image', filename: name, key: randomUUID() },
    retryDelays: [0, 200, 1000],
  });

  // One request for everything, stopped in the middle.
  const first = await new Promise<tus.Upload>((resolve, reject) => {
    const upload: tus.Upload = new tus.Upload(bytes, {
      ...options('ảnh lớn.png'),
      onError: reject,
      onSuccess: () => reject(new Error('it should have been stopped')),
      onProgress: sent => {
        if (sent > 16 * MIB) void upload.abort().then(() => resolve(upload), reject);
      },
    });
    upload.start();
  });
  expect(first.url).toContain('/uploads/');

  // Another client goes on from what the server has.
  let from = 0;
  await new Promise<void>((resolve, reject) => {
    new tus.Upload(bytes, {
      ...options('ảnh lớn.png'),
      uploadUrl: first.url,
      chunkSize: 8 * MIB,
      onAfterResponse: (request, response) => {
        if (request.getMethod() === 'HEAD') from = Number(response.getHeader('Upload-Offset'));
      },
      onError: reject,
      onSuccess: () => resolve(),
    }).start();
  });
  expect(from).toBeGreaterThan(0);
  expect(from).toBeLessThan(bytes.length);
  const files = await attached(author, server.url, entry);
  expect(files.find(file => file.file_name === 'ảnh lớn.png')).toMatchObject({
    sha256: sha256(bytes),
    size: bytes.length,
  });

  // A small one with its creation; another is given up.
  const small = picture(1000);
  await new Promise<void>((resolve, reject) => {
    new tus.Upload(small, {
      ...options('ảnh nhỏ.png'),
      uploadDataDuringCreation: true,
      onError: reject,
      onSuccess: () => resolve(),
    }).start();
  });
  expect((await attached(author, server.url, entry)).map(file => file.sha256)).toContain(sha256(small));
  const dropped = await new Promise<tus.Upload>((resolve, reject) => {
    const upload: tus.Upload = new tus.Upload(bytes, {
      ...options('bỏ dở.png'),
      chunkSize: MIB,
      onError: reject,
      onChunkComplete: () => void upload.abort().then(() => resolve(upload), reject),
    });
    upload.start();
  });
  if (!dropped.url) throw new Error('the upload has no address');
  await tus.Upload.terminate(dropped.url, { headers: { cookie } });
  const gone = await author.context.request.head(dropped.url, { headers: { 'Tus-Resumable': '1.0.0' } });
  expect(gone.status()).toBe(404);
});

test('an upload in the wizard goes on after a reload and a dropped line', async ({ visitor, server }) => {
  test.setTimeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), 'contest-upload-'));
  const author = await visitor(AUTHOR);
  const { page, context } = author;
  const entry = await draftOf(author, server.url);
  const bytes = picture(40 * MIB);
  const name = 'ảnh chụp màn hình.png';
  writeFileSync(join(folder, name), bytes);
  const offsets: number[] = [];
  page.on('request', request => {
    const offset = request.headers()['upload-offset'];
    if (request.method() === 'PATCH' && offset) offsets.push(Number(offset));
  });
  const piece = () => page.waitForResponse(response => response.request().method() === 'PATCH' && response.ok());
  const choose = () => page.locator('input[type="file"]').setInputFiles(join(folder, name));
  const link = page.getByRole('link', { name });

  // A slow line, so that there is a middle to stop in.
  const slow = await context.newCDPSession(page);
  await slow.send('Network.enable');
  await slow.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: 4 * MIB,
  });
  await author.visit(`/entries/${entry}/attachments`);
  await page.locator('[name="kind"][value="image"]').check();
  const one = piece();
  await choose();
  await expect(page.getByRole('progressbar', { name: `Tiến độ tải ${name}` })).toBeVisible();
  await one;

  // Paused and gone on with.
  await page.getByRole('button', { name: `Tạm dừng tải ${name}` }).click();
  await expect(page.getByText('Đang tạm dừng')).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  const two = piece();
  await page.getByRole('button', { name: `Tiếp tục tải ${name}` }).click();
  await two;

  // The page is loaded anew: the server knows what it has, this device knows the file.
  await page.reload();
  await hydrated(page);
  await expect(page.getByRole('heading', { name: 'Tệp đang tải dở' })).toBeVisible();
  await expectAccessible(page);
  await page.locator('[name="kind"][value="image"]').check();
  offsets.length = 0;
  const three = piece();
  await choose();
  await three;
  expect(offsets[0]).toBeGreaterThanOrEqual(8 * MIB);

  // The line drops and comes back; nobody has to do anything.
  author.watch.expectOffline();
  await context.setOffline(true);
  await expect(page.getByText(/Mất kết nối/).first()).toBeVisible();
  await context.setOffline(false);
  await expect(link).toBeVisible({ timeout: 60_000 });
  const files = await attached(author, server.url, entry);
  expect(files.filter(file => file.sha256 === sha256(bytes))).toHaveLength(1);
  await expect(page.getByRole('heading', { name: 'Tệp đang tải dở' })).toBeHidden();
  await expectAccessible(page);
  rmSync(folder, { recursive: true, force: true });
});

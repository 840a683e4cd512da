// Documents in the browser: the receipt with its QR code and PDF, the unit's slip, the organiser's check and archive,
// a judge's blind copy.
import { expectNoSidewaysScroll } from '../fixtures/a11y';
import { call } from '../fixtures/api';
import { expect, test, Visitor } from '../fixtures/test';

interface OwnEntries {
  entries: { entry: string; code: string | null }[];
}

/** Fetches an address as the visitor, expecting a document of that type. */
async function download(visitor: Visitor, url: string, address: string, type: string): Promise<Buffer> {
  const answer = await visitor.context.request.get(`${url}${address}`);
  expect(answer.status(), address).toBe(200);
  expect(answer.headers()['content-type']).toBe(type);
  return answer.body();
}

test('a receipt shows a QR code and comes as PDF', async ({ visitor, server }) => {
  const author = await visitor('tacgia05', { viewport: { width: 360, height: 780 } });
  const own = await call<OwnEntries>(author.context, server.url, 'entry/own_entries');
  const entry = own.entries.find(line => line.code)?.entry ?? '';
  await author.visit(`/entries/${entry}`);
  await expectNoSidewaysScroll(author.page);
  const code = author.page.getByRole('img', { name: /Mã QR/ });
  await expect(code).toBeVisible();
  // a picture that did not load has no size of its own
  expect(await code.evaluate(image => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
  const link = author.page.getByRole('link', { name: 'Tải biên nhận (PDF)' });
  const pdf = await download(author, server.url, (await link.getAttribute('href')) ?? '', 'application/pdf');
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
});

test('a unit downloads its slip', async ({ visitor, server }) => {
  const unit = await visitor('pt.phumy');
  await unit.visit('/contests/pt-2023/unit');
  await unit.page.locator('.slip-list a').first().click();
  await unit.page.waitForURL('**/unit/slips/*');
  const link = unit.page.getByRole('link', { name: 'Tải phiếu (PDF)' });
  const pdf = await download(unit, server.url, (await link.getAttribute('href')) ?? '', 'application/pdf');
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
});

test('the organiser checks blind copies and downloads everything', async ({ visitor, server }) => {
  const organiser = await visitor('tochuc');
  await organiser.visit('/manage/sim-2025/eligibility');
  await organiser.page.getByRole('link', { name: 'Kiểm tra bản giấu tên' }).click();
  await organiser.page.waitForURL('**/manage/sim-2025/blind');
  await organiser.visit('/manage/sim-2025/blind');
  await expect(organiser.page.getByRole('heading', { level: 2 }).first()).toBeVisible();
  for (const width of [820, 360]) {
    await organiser.page.setViewportSize({ width, height: 800 });
    await expectNoSidewaysScroll(organiser.page);
  }
  await organiser.visit('/manage/sim-2025/eligibility');
  const archive = organiser.page.getByRole('link', { name: 'Tải toàn bộ bài (ZIP)' });
  const zip = await download(organiser, server.url, (await archive.getAttribute('href')) ?? '', 'application/zip');
  expect(zip.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
  expect(zip.includes('manifest.json') && zip.includes('SHA256SUMS')).toBe(true);
});

test('a judge gets a blind copy of the statement', async ({ visitor, server }) => {
  const judge = await visitor('gksl3');
  const queues = await call<{ round: string; entries: { label: string; state: string }[] }[]>(
    judge.context,
    server.url,
    'judging/queues',
  );
  const queue = queues.find(one => one.entries.length > 0);
  const label = queue?.entries.find(entry => entry.state !== 'recused')?.label ?? '';
  await judge.visit(`/judging/${queue?.round}/entry/${label}`);
  const link = judge.page.getByRole('link', { name: /Bản thuyết minh/ });
  const pdf = await download(judge, server.url, (await link.getAttribute('href')) ?? '', 'application/pdf');
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
});

// A judge at work: points that break the rubric, a lost connection, two devices, a conflict of interest; then the
// organiser's deliberation over scorecards that lie far apart.
import { queue } from '../fixtures/play';
import { expect, hydrated, test, Visitor } from '../fixtures/test';

test.use({ world: 'judging', engine: 'postgres' });

/** The round of SIM-2025 that is being judged, and the labels this judge has still to score. */
async function work(judge: Visitor, url: string): Promise<{ round: string; due: string[] }> {
  await judge.visit('/judging');
  const href = await judge.page.locator('main a[href^="/judging/"]').first().getAttribute('href');
  const round = href?.split('/')[2] ?? '';
  const entries = await queue(judge.context, url, round);
  const due = entries.filter(entry => ['empty', 'draft'].includes(entry.state)).map(entry => entry.label);
  return { round, due };
}

test('points over the maximum and off the step are refused by name, and a lost connection loses nothing', async ({
  visitor,
  server,
}) => {
  const judge = await visitor('gksl3', { viewport: { width: 1024, height: 768 }, hasTouch: true });
  const { round, due } = await work(judge, server.url);
  const { page, context, watch } = judge;
  await judge.visit(`/judging/${round}/entry/${due[0]}`);
  const fields = page.locator('input[inputmode="decimal"]');
  await fields.nth(0).fill('99');
  await fields.nth(0).blur();
  await expect(page.getByText('TC1: 99 vượt mức tối đa 25.')).toBeVisible();
  await fields.nth(0).fill('10,3');
  await fields.nth(0).blur();
  await expect(page.getByText(/TC1: 10,3 .*0,5/)).toBeVisible();
  await fields.nth(0).fill('10,5');
  await fields.nth(0).blur();
  await expect(page.getByText(/Đã lưu lúc/).first()).toBeVisible();

  watch.expectOffline();
  await context.setOffline(true);
  await fields.nth(1).fill('7');
  await fields.nth(1).blur();
  await expect(page.getByText('Chưa gửi được, giữ trên máy').first()).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText(/Đã lưu lúc/).first()).toBeVisible({ timeout: 30_000 });
  await page.reload();
  await hydrated(page);
  await expect(fields.nth(0)).toHaveValue('10,5');
  await expect(fields.nth(1)).toHaveValue('7');
});

test('two devices of one judge choose between their versions', async ({ visitor, server }) => {
  const judge = await visitor('gksl4');
  const { round, due } = await work(judge, server.url);
  const { page } = judge;
  await page.goto(`/judging/${round}/entry/${due[0]}`);
  await hydrated(page);
  const other = await judge.context.newPage();
  await other.goto(`/judging/${round}/entry/${due[0]}`);
  await hydrated(other);
  const points = (of: typeof page) => of.locator('input[inputmode="decimal"]').first();
  await points(other).fill('11');
  await points(other).blur();
  await expect(other.getByText(/Đã lưu lúc/).first()).toBeVisible();
  judge.watch.expectStatus(409);
  await points(page).fill('12');
  await points(page).blur();
  await expect(page.getByText('Phiếu này đã được lưu trên thiết bị khác').first()).toBeVisible();
  await page.getByRole('button', { name: 'Giữ bản trên máy này' }).click();
  await expect(page.getByText(/Đã lưu lúc/).first()).toBeVisible();
  await other.reload();
  await hydrated(other);
  await expect(points(other)).toHaveValue('12');
});

test('a declared conflict of interest takes the entry off the judge', async ({ visitor, server }) => {
  const judge = await visitor('gksl5');
  const { round, due } = await work(judge, server.url);
  const { page } = judge;
  await judge.visit(`/judging/${round}/entry/${due[0]}`);
  await page.getByText('Khai báo xung đột lợi ích').click();
  const form = page.locator('form', { has: page.getByRole('button', { name: 'Không chấm bài này' }) });
  await form.getByLabel('Lý do').fill('Tác giả là người thân.');
  await form.getByRole('button', { name: 'Không chấm bài này' }).click();
  await expect(page.getByText('Bạn không chấm bài này').first()).toBeVisible();
  await expect(page.locator('input[inputmode="decimal"]:not([readonly])')).toHaveCount(0);
  const entries = await queue(judge.context, server.url, round);
  expect(entries.find(entry => entry.label === due[0])?.state).toBe('recused');
});

test('scorecards that lie far apart are deliberated on the round desk', async ({ visitor, server }) => {
  const judge = await visitor('gksl6');
  const { round } = await work(judge, server.url);
  const organiser = await visitor('tochuc');
  await organiser.visit(`/rounds/${round}`);
  const { page } = organiser;
  const waiting = page.getByRole('button', { name: 'Mở hội ý' });
  const forms = page.locator('details', { hasText: 'Mở hội ý' });
  const before = await forms.count();
  expect(before).toBeGreaterThan(0);
  await forms.first().locator('summary').click();
  // nobody scores again: the points stay, with an explanation
  for (const seat of await forms.first().getByRole('checkbox').all()) await seat.setChecked(false);
  await page.getByLabel('Lý do hội ý').first().fill('Chênh lệch trên 20 điểm giữa hai giám khảo.');
  await waiting.first().click();
  await expect(page.getByText('Đang hội ý').first()).toBeVisible();
  await page.getByLabel('Kết luận hội ý').first().fill('Hai giám khảo giữ nguyên điểm sau khi trao đổi.');
  await page.getByRole('button', { name: 'Kết thúc hội ý' }).first().click();
  await expect(page.getByText('Kết quả: giữ nguyên điểm, có giải trình').first()).toBeVisible();
  await expect(forms).toHaveCount(before - 1);
});

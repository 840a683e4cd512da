// The main job, end to end: an employee's entry from the wizard to the published decision, several people at once.
import { randomUUID } from 'node:crypto';
import { expectAccessible } from '../fixtures/a11y';
import { call, tryCall } from '../fixtures/api';
import { acceptAll, queue, scoreAll, submitOrder } from '../fixtures/play';
import { expect, hydrated, signIn, test, Visitor } from '../fixtures/test';

// It moves the clock on and brings a demo contest to its end.
test.use({ world: 'whole contest' });

const SLUG = 'pt-2023';
const DAY = 24 * 60 * 60;

interface Board {
  progress: { rounds: { round: string }[] };
}

/** A scorecard by hand: every criterion typed, one with a comma, then submitted through its confirmation. */
async function scoreByHand(judge: Visitor, round: string, label: string): Promise<void> {
  const { page } = judge;
  await page.goto(`/judging/${round}/entry/${label}`);
  await hydrated(page);
  const fields = page.locator('input[inputmode="decimal"]');
  const points = ['20,5', '16', '27.5', '12', '8'];
  await expect(fields).toHaveCount(points.length);
  for (const [index, value] of points.entries()) {
    await fields.nth(index).fill(value);
    await fields.nth(index).blur();
  }
  await expect(page.getByText('Đã lưu lúc').first()).toBeVisible();
  await page.getByRole('button', { name: 'Nộp phiếu' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Nộp phiếu' }).click();
  await expect(page.getByText('Phiếu đã nộp').first()).toBeVisible();
}

test('an entry goes from the wizard to the published decision', async ({ visitor, server }) => {
  test.setTimeout(300_000);
  const author = await visitor('pt.tacgia05');
  const reader = await visitor();

  // The employee goes on with a draft: writes, attaches the medium the category asks for, declares, submits.
  await author.visit('/entries');
  await author.page.getByRole('link', { name: /Viết tiếp/ }).first().click();
  await author.page.waitForURL(/\/entries\/[^/]+\/\w+/);
  const entry = /\/entries\/([^/]+)\//.exec(author.page.url())?.[1] ?? '';
  await author.visit(`/entries/${entry}/statement`);
  const texts = ['current_situation', 'purpose', 'solution', 'novelty', 'applicability', 'effect'];
  for (const section of texts) {
    await author.page.locator(`[name="form[sections][${section}]"]`).fill(`Nội dung mục ${section}, viết trong trình duyệt.`);
  }
  await author.page.locator('[name="form[sections][effect]"]').blur();
  await expect(author.page.getByText(/Đã lưu lúc/).first()).toBeVisible();
  await author.visit(`/entries/${entry}/attachments`);
  await author.page.locator('[name="kind"][value="image"]').check();
  await author.page.locator('input[type="file"]').setInputFiles({
    name: 'ảnh màn hình.png',
    mimeType: 'image/png',
    buffer: Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  });
  const send = author.page.getByRole('button', { name: 'Tải lên' });
  if (await send.isVisible()) await send.click();
  await expect(author.page.getByRole('link', { name: 'ảnh màn hình.png' })).toBeVisible();
  await author.visit(`/entries/${entry}/declaration`);
  await author.page.locator('[name="form[accepted]"]').check();
  await expect(author.page.getByText(/Đã lưu lúc/).first()).toBeVisible();
  await author.visit(`/entries/${entry}/review`);
  await author.page.getByRole('button', { name: 'Nộp bài dự thi' }).click();
  await author.page.waitForURL(new RegExp(`/entries/${entry}$`));
  const receipt = await call<{ code: string; state: string }>(author.context, server.url, 'entry/receipt', { entry });
  await expect(author.page.getByText(receipt.code).first()).toBeVisible();
  await expectAccessible(author.page);

  // The unit looks at it and asks for more; the author mends it and submits again.
  const unit = await visitor('pt.hiepxuong');
  await unit.visit(`/contests/${SLUG}/unit`);
  await expect(unit.page.getByText(receipt.code).first()).toBeVisible();
  await unit.visit(`/entries/${entry}/detail`);
  await unit.page.getByLabel('Lý do', { exact: false }).first().fill('Nêu rõ hơn hiệu quả của giải pháp.');
  await unit.page.getByRole('button', { name: 'Trả lại để bổ sung' }).click();
  await expect(unit.page.getByText('Đã trả lại bài cho tác giả').first()).toBeVisible();
  await author.visit(`/entries/${entry}/statement`);
  await expect(author.page.getByText('Nêu rõ hơn hiệu quả của giải pháp.').first()).toBeVisible();
  const effect = author.page.locator('[name="form[sections][effect]"]');
  await effect.fill('Rút thời gian giải quyết từ 5 ngày còn 3 ngày, tính trên 100 hồ sơ.');
  await effect.blur();
  await expect(author.page.getByText(/Đã lưu lúc/).first()).toBeVisible();
  await author.visit(`/entries/${entry}/review`);
  await author.page.getByRole('button', { name: 'Nộp bài dự thi' }).click();
  await author.page.waitForURL(new RegExp(`/entries/${entry}$`));

  // Now the unit forwards it, with whatever else is on the list, after looking at it once more.
  await unit.visit(`/contests/${SLUG}/unit`);
  const list = unit.page.locator('#forward');
  await expect(list.getByRole('listitem').filter({ hasText: receipt.code })).toBeVisible();
  await list.getByRole('button', { name: 'Xem lại và gửi' }).click();
  const question = unit.page.getByRole('dialog');
  await expect(question.getByText(receipt.code)).toBeVisible();
  await question.getByRole('button', { name: 'Gửi lên Ban Tổ chức' }).click();
  await expect(question).toBeHidden();
  const forwarded = unit.page.getByRole('region', { name: 'Đã gửi' });
  await expect(forwarded.getByText(receipt.code)).toBeVisible();

  // The deadlines pass.
  await server.advance(30 * DAY);

  // The organiser checks eligibility, draws the codes, opens the round.
  const organiser = await visitor('pt.tochuc');
  await organiser.visit(`/manage/${SLUG}/eligibility`);
  const accepted = await acceptAll(organiser.context, server.url, SLUG);
  expect(accepted.map(line => line.code)).toContain(receipt.code);
  await organiser.visit(`/manage/${SLUG}/eligibility`);
  await organiser.page.getByRole('button', { name: 'Đánh mã phách' }).click();
  await expect(organiser.page.getByText('Mọi bài hợp lệ đã có mã phách').first()).toBeVisible();
  await organiser.page.getByRole('link', { name: /Sang mở vòng chấm/ }).first().click();
  await organiser.page.waitForURL(`**/manage/${SLUG}`);
  await expectAccessible(organiser.page);
  await organiser.page.locator('main a[href^="/rounds/"]').first().click();
  await organiser.page.waitForURL(/\/rounds\//);
  await hydrated(organiser.page);
  await organiser.page.getByRole('button', { name: 'Mở vòng chấm' }).click();
  const first = /\/rounds\/([^/?]+)/.exec(organiser.page.url())?.[1] ?? '';
  await expect(organiser.page.getByRole('region', { name: 'Tiến độ của vòng' })).toBeVisible();

  // Eight judges: all but two scorecards through the services, two by hand, while the board moves without a reload.
  const judges = await Promise.all(
    ['gksl1', 'gksl2', 'gksl3', 'gksl4', 'gksl5', 'gksl6', 'gksl7', 'gksl8'].map(name => visitor(name)),
  );
  const order = (await queue(judges[0].context, server.url, first)).map(line => line.label).sort();
  const watcher = await visitor('pt.tochuc');
  await watcher.visit(`/contests/${SLUG}/board`);
  const bars = () => watcher.page.locator('main').innerText();
  const before = await bars();
  const byHand = order[order.length - 1];
  for (const [index, judge] of judges.entries()) {
    await scoreAll(judge.context, server.url, first, order, index < 2 ? [byHand] : []);
  }
  await expect.poll(bars).not.toBe(before);
  await scoreByHand(judges[0], first, byHand);
  await scoreByHand(judges[1], first, byHand);
  const total = `${order.length * judges.length}`;
  await expect(watcher.page.getByText(new RegExp(`${total}\\s*(/|trên)\\s*${total}`)).first()).toBeVisible();

  // The desk sees the ranking now that every ballot is in, and locks.
  await organiser.visit(`/rounds/${first}`);
  await expect(organiser.page.getByText('Bảng tổng hợp điểm').first()).toBeVisible();
  await organiser.page.getByLabel(/đồng ý khóa vòng/).check();
  await organiser.page.getByRole('button', { name: 'Khóa vòng chấm' }).click();
  await expect(organiser.page.getByText(/Kết quả đã khóa/).first()).toBeVisible();

  // The final: scorecards through the services, one judge ranks by dragging in the browser.
  const rounds = await call<Board>(organiser.context, server.url, 'judging/board', { slug: SLUG });
  expect(rounds.progress.rounds).toHaveLength(1);
  const desk = await call<{ other_rounds: [string, string, string][] }>(organiser.context, server.url, 'judging/round_desk', {
    round: first,
  });
  const final = desk.other_rounds.map(([id]) => id).find(id => id !== first) ?? '';
  await call(organiser.context, server.url, 'judging/open_round', { cmd: { key: randomUUID(), round: final } });
  const finalists = ['gkck1', 'gkck2', 'gkck3', 'gkck4', 'gkck5', 'gkck6', 'gkck7'];
  const jury = await Promise.all(finalists.map(name => visitor(name)));
  for (const judge of jury) await scoreAll(judge.context, server.url, final, order);
  for (const judge of jury.slice(1)) await submitOrder(judge.context, server.url, final);
  const chair = jury[0];
  await chair.visit(`/judging/${final}/order`);
  const rows = chair.page.getByRole('list', { name: /Thứ tự các bài/ }).getByRole('listitem');
  await expect(rows).toHaveCount(10);
  const top = await rows.nth(0).innerText();
  const handle = rows.nth(0).locator('[class*="handle"]').first();
  const target = await rows.nth(2).boundingBox();
  const start = await handle.boundingBox();
  if (!target || !start) throw new Error('the order board has no rows');
  await chair.page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await chair.page.mouse.down();
  await chair.page.mouse.move(start.x + start.width / 2, target.y + target.height * 0.8, { steps: 12 });
  await chair.page.mouse.up();
  await expect.poll(async () => (await rows.nth(0).innerText()) !== top).toBe(true);
  await chair.page.getByRole('button', { name: 'Nộp thứ tự' }).click();
  const sure = chair.page.getByRole('dialog').getByRole('button', { name: 'Nộp thứ tự' });
  if (await sure.isVisible()) await sure.click();
  await expect(chair.page.getByText('Thứ tự đã nộp').first()).toBeVisible();

  await organiser.visit(`/rounds/${final}`);
  await organiser.page.getByLabel(/đồng ý khóa vòng/).check();
  await organiser.page.getByRole('button', { name: 'Khóa vòng chấm' }).click();
  await expect(organiser.page.getByText(/Kết quả đã khóa/).first()).toBeVisible();

  // Prizes, then the decision. A reader sees nothing until it is recorded.
  await organiser.visit(`/manage/${SLUG}/results`);
  await organiser.page.getByRole('button', { name: 'Đề xuất giải thưởng' }).click();
  await expect(organiser.page.getByText('Đã đề xuất').first()).toBeVisible();
  reader.watch.expectStatus(404);
  const early = await reader.page.goto(`/contests/${SLUG}/result`);
  expect(early?.status()).toBe(404);
  const hidden = await tryCall(reader.context, server.url, 'results/public_result', { slug: SLUG });
  expect(hidden.status).toBe(404);
  await organiser.page.getByLabel('Số', { exact: true }).fill('02');
  await organiser.page.getByLabel('Ký hiệu').fill('QĐ-UBND');
  await organiser.page.locator('[name="issued_on"]').fill('2023-10-30');
  await organiser.page.locator('[name="signer"]').fill('Người ký (mẫu)');
  await organiser.page.locator('[name="signer_position"]').fill('Chủ tịch (mẫu)');
  await organiser.page.getByLabel(/đối chiếu với bản đã ký/).check();
  await organiser.page.getByRole('button', { name: 'Ghi quyết định và công bố' }).click();
  await organiser.page.waitForURL(/\/result$/);

  await reader.visit(`/contests/${SLUG}/result`);
  await expect(reader.page.getByText('02/QĐ-UBND').first()).toBeVisible();
  await expect(reader.page.getByText('Giải Nhất').first()).toBeVisible();

  // The author sees the outcome, the record can be exported.
  await author.visit(`/entries/${entry}`);
  const record = await organiser.context.request.get(`${server.url}/contests/${SLUG}/record.json`);
  expect(record.ok()).toBe(true);
  const body = await record.json();
  expect(body.format).toBe('contest-record/1');
  expect(body.awards.length).toBeGreaterThan(0);
});

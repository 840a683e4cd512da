// The contest's own questions: the organiser writes them, an author answers them – one that another opens, and a long
// text with a list and bold – and the review, the unit and the judge read the answers.
import { randomUUID } from 'node:crypto';
import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/a11y';
import { call } from '../fixtures/api';
import { acceptAll, queue } from '../fixtures/play';
import { expect, hydrated, test, Visitor } from '../fixtures/test';

// It amends a demo contest and moves its clock.
test.use({ world: 'form' });

const SLUG = 'pt-2023';
const DAY = 24 * 60 * 60;

/** The control of a question by its code. */
const answer = (visitor: Visitor, code: string) => visitor.page.locator(`[name="form[answers][${code}]"]`);

/** A draft of the author, by its id. */
async function draftOf(author: Visitor): Promise<string> {
  await author.visit('/entries');
  await author.page.getByRole('link', { name: /Viết tiếp/ }).first().click();
  await author.page.waitForURL(/\/entries\/[^/]+\/\w+/);
  return /\/entries\/([^/]+)\//.exec(author.page.url())?.[1] ?? '';
}

test('the organiser writes questions in the set-up of a new contest', async ({ visitor }) => {
  const organiser = await visitor('tochuc');
  const { page } = organiser;
  await organiser.visit('/manage/new');
  await page.getByLabel(/Một cơ quan, 7 nội dung/).check();
  await page.getByLabel('Tên', { exact: true }).fill('[Giả định] Cuộc thi có mẫu đơn riêng');
  await page.getByLabel('Mã', { exact: true }).fill('MD-2026');
  await page.getByLabel('Năm', { exact: true }).fill('2026');
  await page.getByLabel('Đơn vị tổ chức').selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Tạo cuộc thi' }).click();
  await page.waitForURL('**/manage/md-2026/setup/plan');
  await organiser.visit('/manage/md-2026/setup/form');

  const field = (at: number, part: string) => page.locator(`[name="form[f][fields.${at}.${part}]"]`);
  const rows = page.locator('.form-boxes > li');
  const before = await rows.count();
  await page.getByRole('button', { name: 'Thêm câu hỏi' }).click();
  await expect(rows).toHaveCount(before + 1);
  // Unfinished it can be saved, and says what is missing; the contest cannot be opened with it.
  await expect(page.getByText('Cần ghi nội dung hỏi.').first()).toBeVisible();
  await field(before, 'label').fill('Nguồn kinh phí');
  await field(before, 'kind').selectOption({ label: 'Chọn một' });
  await field(before, 'options').fill('Ngân sách\nXã hội hóa');
  await page.getByRole('button', { name: 'Thêm câu hỏi' }).click();
  await expect(rows).toHaveCount(before + 2);
  await field(before + 1, 'label').fill('Đơn vị tài trợ');
  await rows.nth(before + 1).getByText('Hỏi ai, khi nào').click();
  await field(before + 1, 'when').selectOption({ label: '“Nguồn kinh phí”: Xã hội hóa' });
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await expect(page.getByText('Cần ghi nội dung hỏi.')).toHaveCount(0);
  await page.reload();
  await hydrated(page);
  await expect(field(before, 'options')).toHaveValue('Ngân sách\nXã hội hóa');
  await expect(field(before + 1, 'when')).not.toHaveValue('');
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
});

test('without script a question opened by an answer comes on the next page', async ({ visitor }) => {
  const author = await visitor('pt.tacgia01', { javaScriptEnabled: false });
  await author.page.goto('/entries');
  await author.page.getByRole('button', { name: /Bắt đầu bài dự thi/ }).first().click();
  await author.page.waitForURL(/\/entries\/[^/]+\/authors/);
  const entry = /\/entries\/([^/]+)\//.exec(author.page.url())?.[1] ?? '';
  await author.page.goto(`/entries/${entry}/form`);
  await author.page.locator('[name="form[answers][applied_elsewhere]"][value="yes"]').check();
  await author.page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  await author.page.waitForURL(`**/entries/${entry}/form`);
  await answer(author, 'where_applied').fill('- **Xã Bình**');
  await author.page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  await author.page.waitForURL(`**/entries/${entry}/attachments`);
  await author.page.goto(`/entries/${entry}/review`);
  await expect(author.page.locator('.printed-entry li strong')).toHaveText('Xã Bình');
});

test('what was typed before the wasm has loaded is kept and saved', async ({ visitor }) => {
  const author = await visitor('pt.tacgia05');
  const entry = await draftOf(author);
  const { page } = author;
  let release = () => {};
  const held = new Promise<void>(resolve => (release = resolve));
  await page.route('**/*.wasm', async route => {
    await held;
    await route.continue();
  });
  await page.goto(`/entries/${entry}/form`, { waitUntil: 'domcontentloaded' });
  await answer(author, 'budget').fill('12,5');
  await page.locator('[name="form[answers][applied_elsewhere]"][value="no"]').check();
  release();
  await hydrated(page);
  await expect(answer(author, 'budget')).toHaveValue('12,5');
  await expect(page.getByText(/Đã lưu lúc \d\d:\d\d$/).first()).toBeVisible();
  await page.reload();
  await hydrated(page);
  await expect(answer(author, 'budget')).toHaveValue('12,5');
  await expect(page.locator('[name="form[answers][applied_elsewhere]"][value="no"]')).toBeChecked();
});

test('an author answers, one answer opens another question, and everybody reads it', async ({ visitor, server }) => {
  test.setTimeout(240_000);
  const author = await visitor('pt.tacgia05');
  const entry = await draftOf(author);
  const { page } = author;
  await author.visit(`/entries/${entry}/form`);

  // Numbers are read as written; what cannot be read is kept and named.
  await answer(author, 'budget').fill('nhiều');
  await answer(author, 'budget').blur();
  await expect(page.getByText(/cần là một số/).first()).toBeVisible();
  await answer(author, 'budget').fill('1.250,5');
  await expect(answer(author, 'where_applied')).toHaveCount(0);
  await page.locator('[name="form[answers][applied_elsewhere]"][value="yes"]').check();
  const where = answer(author, 'where_applied');
  await expect(where).toBeVisible();

  // Bold from the keyboard, a list from the button, and a look at it.
  await where.fill('Xã Bình đã áp dụng');
  await where.selectText();
  await page.keyboard.press('Control+b');
  await expect(where).toHaveValue('**Xã Bình đã áp dụng**');
  await where.press('End');
  await where.pressSequentially('\ngiảm giấy tờ');
  const tools = page.getByRole('group', { name: /Đơn vị đã áp dụng và kết quả/ });
  await tools.getByRole('button', { name: /Danh sách/ }).click();
  await expect(where).toHaveValue('**Xã Bình đã áp dụng**\n- giảm giấy tờ');
  await tools.getByRole('button', { name: 'Xem trước' }).click();
  const preview = page.getByRole('region', { name: 'Xem trước' });
  await expect(preview.locator('strong')).toHaveText('Xã Bình đã áp dụng');
  await expect(preview.locator('li')).toHaveText('giảm giấy tờ');
  await expectAccessible(page);
  await tools.getByRole('button', { name: 'Viết tiếp' }).click();
  await where.blur();
  await expect(page.getByText(/Đã lưu lúc \d\d:\d\d$/).first()).toBeVisible();
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 800 });

  // The organiser may mend words and add an optional question, but not take one away.
  const organiser = await visitor('pt.tochuc');
  const desk = organiser.page;
  await organiser.visit(`/manage/${SLUG}/setup/form`);
  organiser.watch.expectStatus(422);
  await desk.getByRole('button', { name: 'Bỏ: Câu hỏi 1' }).click();
  await expect(desk.getByText(/không thể bỏ câu hỏi/).first()).toBeVisible();
  await organiser.visit(`/manage/${SLUG}/setup/form`);
  await desk.locator('[name="form[f][fields.0.help]"]').fill('Ghi 0 nếu không phát sinh.');
  await desk.getByRole('button', { name: 'Lưu', exact: true }).click();
  await expect(desk.getByText('Phiên bản mẫu đơn: 2')).toBeVisible();
  await author.visit(`/entries/${entry}/form`);
  await expect(page.getByText('Mẫu đơn đã được Ban Tổ chức cập nhật')).toBeVisible();
  await expect(answer(author, 'budget')).toHaveValue('1.250,5');

  // The review shows the answers as they will be printed.
  await author.visit(`/entries/${entry}/review`);
  const printed = page.locator('.printed-entry');
  await expect(printed.getByText('1.250,5 triệu đồng')).toBeVisible();
  await expect(printed.locator('strong', { hasText: 'Xã Bình đã áp dụng' })).toBeVisible();

  // The rest of the entry through the services, then submitted.
  const view = await call<{ version: number }>(author.context, server.url, 'entry/draft', { entry });
  const sections = ['current_situation', 'purpose', 'solution', 'novelty', 'applicability', 'effect'];
  const save = async (expected: number, content: object) => {
    const response = await author.context.request.post(`${server.url}/api/entry/save_draft`, {
      headers: { accept: 'application/json' },
      data: { cmd: { key: randomUUID(), entry, expected, content } },
    });
    expect(response.ok(), await response.text()).toBe(true);
    return (await response.json()) as { version: number; gaps: unknown[] };
  };
  const text = 'Nội dung **chính**.\n\n- ý một\n- ý hai';
  const statement = Object.fromEntries(sections.map(section => [section, text]));
  let saved = await save(view.version, { step: 'statement', statement });
  const topic = {
    step: 'topic',
    title: '[Giả định] Sáng kiến có câu trả lời riêng',
    category: 'PT-C1',
    scope: 'unit',
    maturity: 'proposed',
    first_applied_on: null,
  };
  saved = await save(saved.version, topic);
  saved = await save(saved.version, { step: 'declaration', accepted: 1 });
  expect(saved.gaps).toEqual([]);
  await author.visit(`/entries/${entry}/review`);
  await page.getByRole('button', { name: 'Nộp bài dự thi' }).click();
  await page.waitForURL(new RegExp(`/entries/${entry}$`));

  // The unit reads every answer and forwards the entry.
  const unit = await visitor('pt.hiepxuong');
  await unit.visit(`/entries/${entry}/detail`);
  await expect(unit.page.getByText('1.250,5 triệu đồng')).toBeVisible();
  await expect(unit.page.locator('.answer-list li', { hasText: 'giảm giấy tờ' })).toBeVisible();
  const line = await call<{ line: { version: number; unit: string } }>(unit.context, server.url, 'entry/detail', { entry });
  const { board, order } = await call<{ board: { contest: string; unit: string }; order: { version: number } }>(unit.context, server.url, 'unit/desk', { slug: SLUG });
  await call(unit.context, server.url, 'entry/forward', {
    form: {
      key: randomUUID(),
      contest: board.contest,
      slug: SLUG,
      unit: board.unit,
      expected: order.version,
      entries: [`${entry}=${line.line.version}`],
    },
  });

  // The judge reads the answers but the one that could tell who wrote it.
  await server.advance(30 * DAY);
  // sessions have ended meanwhile
  const opener = await visitor('pt.tochuc');
  await acceptAll(opener.context, server.url, SLUG);
  await call(opener.context, server.url, 'entry/assign_blind_codes', {
    cmd: { key: randomUUID(), contest: board.contest },
  });
  const room = await call<{ rounds: { round: string }[] }>(opener.context, server.url, 'contest/control_room', {
    slug: SLUG,
  });
  const round = room.rounds[0].round;
  await call(opener.context, server.url, 'judging/open_round', { cmd: { key: randomUUID(), round } });
  const judge = await visitor('gksl1');
  await call(judge.context, server.url, 'judging/confirm_principles', { cmd: { key: randomUUID(), round } });
  const ours = (await queue(judge.context, server.url, round)).find(line => line.title === topic.title);
  await judge.visit(`/judging/${round}/entry/${ours?.label}`);
  await expect(judge.page.getByText('1.250,5 triệu đồng')).toBeVisible();
  await expect(judge.page.getByText('Xã Bình đã áp dụng')).toHaveCount(0);
  await expect(judge.page.locator('.statement-part .markdown strong').first()).toHaveText('chính');
});

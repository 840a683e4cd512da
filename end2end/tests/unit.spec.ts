// The unit's desk: comments beside the parts of a returned entry, the list with its reserves, two coordinators at once,
// forwarding with a slip, and the organiser's list of units.
import { randomUUID } from 'node:crypto';
import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/a11y';
import { call } from '../fixtures/api';
import { expect, hydrated, test, Visitor } from '../fixtures/test';

// It writes entries and forwards them, so it has a server of its own.
test.use({ world: 'unit desk', engine: 'postgres' });

const SLUG = 'pt-2023';
const BOARD = `/contests/${SLUG}/unit`;

interface Draft {
  version: number;
  code: string | null;
}

interface Desk {
  board: { contest: string; unit: string; entries: { entry: string; code: string; title: string; version: number }[] };
  order: { version: number; order: { selected: string[]; reserves: string[] } };
}

/** Posts a command in JSON, as the browser's own saving does. */
async function post(visitor: Visitor, url: string, path: string, cmd: object): Promise<void> {
  const answer = await visitor.context.request.post(`${url}/api/${path}`, {
    headers: { accept: 'application/json' },
    data: { cmd },
  });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
}

/** An entry handed in to the author's unit, through the services. */
async function submitted(author: Visitor, url: string, contest: string, title: string): Promise<string> {
  const { context } = author;
  await call(context, url, 'entry/start', { cmd: { key: randomUUID(), contest } });
  const own = await call<{ entries: { entry: string; title: string; state: string; updated_at: string }[] }>(
    context,
    url,
    'entry/own_entries',
  );
  const entry = own.entries.filter(line => line.state === 'draft' && line.title === '')[0].entry;
  const sections = ['current_situation', 'purpose', 'solution', 'novelty', 'applicability', 'effect'];
  const steps = [
    { step: 'topic', title, category: 'PT-C1', scope: 'unit', maturity: 'proposed', first_applied_on: null },
    { step: 'statement', statement: Object.fromEntries(sections.map(section => [section, `Nội dung mục ${section}.`])) },
    { step: 'declaration', accepted: 1 },
  ];
  for (const content of steps) {
    const { version } = await call<Draft>(context, url, 'entry/draft', { entry });
    await post(author, url, 'entry/save_draft', { key: randomUUID(), entry, expected: version, content });
  }
  const { version } = await call<Draft>(context, url, 'entry/draft', { entry });
  await call(context, url, 'entry/submit', { cmd: { key: randomUUID(), entry, expected: version } });
  return entry;
}

const desk = (visitor: Visitor, url: string) => call<Desk>(visitor.context, url, 'unit/desk', { slug: SLUG });

const rows = (visitor: Visitor) =>
  visitor.page.getByRole('list', { name: 'Thứ tự gửi' }).getByRole('listitem');

test('a unit returns, orders, forwards; its author mends; its second coordinator chooses', async ({ visitor, server }) => {
  test.setTimeout(240_000);
  const author = await visitor('pt.tacgia05');
  const unit = await visitor('pt.hiepxuong');
  const contest = (await desk(unit, server.url)).board.contest;
  const titles = ['Rút ngắn thời gian trả kết quả', 'Hẹn giờ làm thủ tục trước', 'Bảng hướng dẫn một trang', 'Tổ lưu động hỗ trợ'];
  const entries: string[] = [];
  for (const title of titles) entries.push(await submitted(author, server.url, contest, title));
  const first = entries[0];

  await test.step('the board shows lanes, what is to be done, the quota and the time left', async () => {
    await unit.visit(BOARD);
    await expect(unit.page.getByRole('region', { name: 'Mới nộp' }).getByRole('listitem')).toHaveCount(4);
    await expect(unit.page.getByRole('region', { name: 'Việc cần làm' }).getByText('Xem 4 bài mới nộp.')).toBeVisible();
    await expect(unit.page.getByRole('region', { name: 'Chỉ tiêu của đơn vị' }).getByText(/Còn thiếu 1 bài/)).toBeVisible();
    await expect(unit.page.getByText(/giờ Việt Nam \(UTC\+7\)/).first()).toBeVisible();
    await unit.page.getByLabel('Tìm bài trong đơn vị').fill('hen gio');
    await expect(unit.page.getByText('Tìm thấy 1 trên', { exact: false })).toBeVisible();
    await expect(unit.page.getByRole('region', { name: 'Mới nộp' }).getByRole('listitem')).toHaveCount(1);
  });

  await test.step('the coordinator returns an entry with two comments and a due date', async () => {
    await unit.visit(`/entries/${first}/detail`);
    const form = unit.page.locator('form').filter({ hasText: 'Ghi chú theo từng phần' });
    await form.getByLabel('Lý do', { exact: false }).fill('Bài tốt nhưng cần sửa hai chỗ.');
    for (const [part, text] of [
      ['Tên sáng kiến, giải pháp', 'Ghi rõ tên thủ tục.'],
      ['Hiệu quả', 'Nêu số ngày tiết kiệm được.'],
    ]) {
      const box = form.locator('details').filter({ has: unit.page.locator('summary', { hasText: part }) }).first();
      await box.locator('summary').click();
      await box.locator('textarea').fill(text);
    }
    // later than the unit could forward it
    unit.watch.expectStatus(422);
    await form.getByLabel('Hạn bổ sung', { exact: false }).fill('2023-12-31');
    await form.getByRole('button', { name: 'Trả lại để bổ sung' }).click();
    await expect(form.getByText(/muộn hơn hạn gửi bài của đơn vị/).first()).toBeVisible();
    await form.getByLabel('Hạn bổ sung', { exact: false }).fill('2023-10-10');
    await form.getByRole('button', { name: 'Trả lại để bổ sung' }).click();
    await expect(unit.page.getByText('Đã trả lại bài cho tác giả').first()).toBeVisible();
    await expect(unit.page.getByText('Nêu số ngày tiết kiệm được.')).toBeVisible();
    await expectAccessible(unit.page);
  });

  await test.step('the author sees exactly what to mend, beside each field, and ticks it off', async () => {
    await author.visit(`/entries/${first}/statement`);
    await expect(author.page.getByText('Bài tốt nhưng cần sửa hai chỗ.')).toBeVisible();
    await expect(author.page.getByRole('note').filter({ hasText: 'Nêu số ngày tiết kiệm được.' })).toBeVisible();
    const steps = author.page.getByRole('navigation', { name: 'Các bước' });
    await expect(steps.getByText('cần sửa 1 chỗ')).toHaveCount(2);
    const effect = author.page.locator('[name="form[sections][effect]"]');
    await effect.fill('Tiết kiệm 2 ngày mỗi hồ sơ, tính trên 100 hồ sơ.');
    await effect.blur();
    await expect(author.page.getByText(/Đã lưu lúc/).first()).toBeVisible();
    await author.page.getByRole('button', { name: /Đánh dấu đã sửa: .*[Hh]iệu quả/ }).click();
    await expect(author.page.getByText('Đã sửa 1 trên 2 phần có ghi chú.')).toBeVisible();
    await expect(steps.getByText('cần sửa 1 chỗ')).toHaveCount(2); // the topic, and the review
    await expect(effect).toHaveValue(/Tiết kiệm 2 ngày/);
    await expectAccessible(author.page);
    await author.visit(`/entries/${first}/review`);
    await expect(author.page.getByText(/Còn 1 phần đơn vị đề nghị sửa/)).toBeVisible();
    await author.page.getByRole('button', { name: 'Nộp bài dự thi' }).click();
    await author.page.waitForURL(new RegExp(`/entries/${first}$`));
    await unit.visit(`/entries/${first}/detail`);
    await expect(unit.page.getByText('đã thay đổi', { exact: true })).toHaveCount(1);
    await expect(unit.page.getByText('chưa thay đổi', { exact: true })).toHaveCount(1);
  });

  await test.step('the list is ordered by keys and by drag, with reserves below the line', async () => {
    await unit.visit(BOARD);
    const line = rows(unit).filter({ hasText: 'Dự bị – các bài dưới vạch này không gửi' });
    await expect(line).toHaveCount(1);
    const last = rows(unit).filter({ hasText: titles[3] });
    await last.getByRole('button', { name: /^Kéo để đổi vị trí/ }).first().focus();
    await unit.page.keyboard.press('Space');
    await unit.page.keyboard.press('ArrowUp');
    await unit.page.keyboard.press('Space');
    await expect.poll(async () => (await desk(unit, server.url)).order.version).toBeGreaterThan(0);
    const byKeys = (await desk(unit, server.url)).order.order.selected;
    // in the order they came in the first one, handed in again, was the last
    expect(byKeys).toEqual([entries[1], entries[3], entries[2], entries[0]]);
    // the line is dragged up by one row: the last entry becomes a reserve
    await line.scrollIntoViewIfNeeded();
    const handle = await line.locator('.rank-handle').boundingBox();
    const above = await rows(unit).nth((await rows(unit).count()) - 2).boundingBox();
    if (!handle || !above) throw new Error('the list has no line');
    await unit.page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
    await unit.page.mouse.down();
    await unit.page.mouse.move(handle.x + handle.width / 2, above.y + above.height * 0.2, { steps: 12 });
    await unit.page.mouse.up();
    await expect.poll(async () => (await desk(unit, server.url)).order.order.reserves.length).toBe(1);
    await expect(unit.page.getByRole('region', { name: 'Trong danh sách gửi' }).getByText('Dự bị 1')).toBeVisible();
    await expectAccessible(unit.page);
  });

  await test.step('a second coordinator who was slower sees both orders and chooses', async () => {
    const second = await visitor('pt.hiepxuong');
    await second.visit(BOARD);
    const now = await desk(unit, server.url);
    const { selected, reserves } = now.order.order;
    await post(unit, server.url, 'unit/save_order', {
      key: randomUUID(),
      contest: now.board.contest,
      unit: now.board.unit,
      expected: now.order.version,
      order: { selected: [...selected].reverse(), reserves },
    });
    second.watch.expectStatus(409);
    await rows(second).nth(1).getByRole('button', { name: /^Chuyển lên/ }).click();
    const clash = second.page.getByText('Người khác trong đơn vị vừa lưu thứ tự khác');
    await expect(clash).toBeVisible();
    await expect(second.page.getByRole('heading', { name: 'Thứ tự của bạn' })).toBeVisible();
    await expect(second.page.getByRole('heading', { name: /lưu lúc/ })).toBeVisible();
    await expectAccessible(second.page);
    expect((await desk(unit, server.url)).order.order.selected).toEqual([...selected].reverse());
    await second.page.getByRole('link', { name: 'Lấy thứ tự đã lưu' }).click();
    await expect(clash).toBeHidden();
    // the first page learns of it when its person comes back
    await unit.page.evaluate(() => window.dispatchEvent(new Event('focus')));
    const best = now.board.entries.find(entry => entry.entry === selected[selected.length - 1]);
    await expect(rows(unit).nth(0)).toContainText(best?.title ?? '?');
  });

  await test.step('forwarding makes a slip that prints the same for the unit and the organiser', async () => {
    await unit.visit(BOARD);
    await unit.page.locator('#forward').getByRole('button', { name: 'Xem lại và gửi' }).click();
    const question = unit.page.getByRole('dialog');
    await expect(question.getByText('Dự bị, ghi vào phiếu nhưng không gửi:')).toBeVisible();
    await question.getByRole('button', { name: 'Gửi lên Ban Tổ chức' }).click();
    await expect(unit.page.getByText('Đã gửi bài lên Ban Tổ chức.')).toBeVisible();
    await unit.page.getByRole('link', { name: 'Mở phiếu gửi' }).click();
    await unit.page.waitForURL(/\/unit\/slips\//);
    await hydrated(unit.page);
    await expect(unit.page.getByText(/Số: PG-PT-2023-\d{3}/)).toBeVisible();
    await expect(unit.page.getByText('Bài dự bị của đơn vị (không gửi)')).toBeVisible();
    await expectAccessible(unit.page);
    const organiser = await visitor('pt.tochuc');
    await organiser.visit(new URL(unit.page.url()).pathname);
    await expect(organiser.page.locator('.slip .hash')).toHaveText(await unit.page.locator('.slip .hash').innerText());
    await organiser.visit(`/manage/${SLUG}/units?sort=forwarded&desc=true`);
    const code = /PG-[\w-]+-\d+/.exec(await unit.page.locator('main').innerText())?.[0] ?? '?';
    await expect(organiser.page.getByRole('row').filter({ hasText: code })).toHaveCount(1);
    await organiser.page.getByLabel('Chỉ đơn vị chưa đủ chỉ tiêu').check();
    await organiser.page.getByRole('button', { name: 'Lọc' }).click();
    await organiser.page.waitForURL(/below=true/);
    await expect(organiser.page.getByText(/thiếu 1/).first()).toBeVisible();
  });
});

for (const width of [1280, 820, 360]) {
  test(`the unit's pages are accessible at ${width} px`, async ({ visitor }) => {
    const viewport = { width, height: 900 };
    const unit = await visitor('pt.donvi.x16', { viewport });
    await unit.visit(BOARD);
    await expectNoSidewaysScroll(unit.page);
    const organiser = await visitor('pt.tochuc', { viewport });
    await organiser.visit(`/manage/${SLUG}/units`);
    await expectNoSidewaysScroll(organiser.page);
    const card = unit.page.locator('.board-card-title a').first();
    await unit.visit((await card.getAttribute('href')) ?? '/');
    await expectNoSidewaysScroll(unit.page);
  });
}

test('the list works without JavaScript, and who was second chooses there too', async ({ visitor, server }) => {
  const options = { javaScriptEnabled: false };
  const unit = await visitor('pt.donvi.x10', options);
  await unit.page.goto(BOARD);
  const now = await desk(unit, server.url);
  await unit.page.getByRole('button', { name: 'Lưu thứ tự' }).last().click();
  await unit.page.waitForURL(/unit=/);
  const saved = await desk(unit, server.url);
  expect(saved.order.version).toBe(now.order.version + 1);
  // the page still shows the version before another save
  const [entry] = saved.order.order.selected;
  await call(unit.context, server.url, 'unit/post_list', {
    form: {
      key: randomUUID(),
      contest: saved.board.contest,
      slug: SLUG,
      unit: saved.board.unit,
      expected: saved.order.version,
      order: `reserves>${entry}`,
      act: 'save',
    },
  });
  await unit.page.getByRole('button', { name: 'Lưu thứ tự' }).last().click();
  await unit.page.waitForURL(/mine=/);
  await expect(unit.page.getByText('Người khác trong đơn vị vừa lưu thứ tự khác')).toBeVisible();
  await unit.page.getByRole('button', { name: 'Giữ thứ tự của tôi' }).click();
  await unit.page.waitForURL(url => !url.search.includes('mine='));
  expect((await desk(unit, server.url)).order.order.selected).toEqual([entry]);
});

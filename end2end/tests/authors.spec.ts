// Co-authors: invited from the directory and by e-mail, accepting and declining; two people on one draft; text typed
// while the server cannot be reached.
import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/a11y';
import { expect, hydrated, test, Visitor } from '../fixtures/test';

// It changes drafts of the demo and submits one.
test.use({ world: 'authors', engine: 'postgres' });

const SAVED = /Đã lưu lúc/;

/** Opens the visitor's own draft and gives its id. */
async function ownDraft(author: Visitor): Promise<string> {
  await author.visit('/entries');
  await author.page.getByRole('link', { name: /Viết tiếp/ }).first().click();
  await author.page.waitForURL(/\/entries\/[^/]+\/\w+/);
  return /\/entries\/([^/]+)\//.exec(author.page.url())?.[1] ?? '';
}

/** Opens the part of the authors' step that adds people. */
async function openAdding({ page }: Visitor): Promise<void> {
  const adding = page.locator('details.add-author');
  if (!(await adding.evaluate(element => (element as HTMLDetailsElement).open))) {
    await adding.locator('summary').click();
  }
}

async function inviteColleague(author: Visitor, name: string): Promise<void> {
  await openAdding(author);
  await author.page.locator('[name="form[find]"]').fill(name);
  await author.page.getByRole('button', { name: `Mời ${name} làm đồng tác giả` }).click();
  await expect(author.page.getByText('Đã gửi lời mời').first()).toBeVisible();
}

test('co-authors are asked before the entry is submitted in their name', async ({ visitor }) => {
  test.setTimeout(180_000);
  const lead = await visitor('pt.tacgia15');
  const entry = await ownDraft(lead);
  const { page } = lead;
  await lead.visit(`/entries/${entry}/authors`);
  await inviteColleague(lead, 'Tác giả Minh Họa 14A');
  await inviteColleague(lead, 'Tác giả Minh Họa 13A');
  await openAdding(lead);
  await page.locator('[name="form[invite_name]"]').fill('Người Ngoài Minh Họa');
  await page.locator('[name="form[invite_email]"]').fill('nguoi.ngoai@example.com');
  await page.getByRole('button', { name: 'Gửi lời mời', exact: true }).click();
  await expect(page.getByText('Đang chờ trả lời')).toHaveCount(3);
  // Somebody without an account still belongs to a unit.
  await page.locator('[name="form[authors][3][unit]"]').selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Chia đều' }).click();
  await expect(page.getByText(SAVED).first()).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 780 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 800 });

  await lead.visit(`/entries/${entry}/review`);
  await expect(page.getByText(/Tác giả Minh Họa 14A chưa trả lời lời mời/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Nộp bài dự thi' })).toBeDisabled();

  // One accepts on the own page; until then the draft is nobody else's.
  const friend = await visitor('pt.tacgia14');
  friend.watch.expectStatus(404);
  const early = await friend.page.goto(`/entries/${entry}/topic`);
  expect(early?.status()).toBe(404);
  await friend.visit('/entries');
  const open = friend.page.getByRole('region', { name: 'Lời mời làm đồng tác giả' });
  await open.getByRole('button', { name: /Đồng ý tham gia/ }).click();
  await expect(open).toBeHidden();
  await friend.visit(`/entries/${entry}/topic`);

  // One declines.
  const other = await visitor('pt.tacgia13');
  await other.visit('/entries');
  const asked = other.page.getByRole('region', { name: 'Lời mời làm đồng tác giả' });
  await asked.getByRole('button', { name: /Từ chối/ }).click();
  await expect(asked).toBeHidden();

  // One has no account, and no scripts either.
  const reader = await visitor(undefined);
  await reader.visit(`/demo/invitation?entry=${entry}`);
  await expect(reader.page.getByText('Người Ngoài Minh Họa')).toBeVisible();
  const outside = await visitor(undefined, { javaScriptEnabled: false });
  await outside.page.goto(`/demo/invitation?entry=${entry}`);
  await expect(outside.page.getByText('Người Ngoài Minh Họa')).toBeVisible();
  await outside.page.getByRole('button', { name: 'Đồng ý tham gia' }).click();
  await expect(outside.page.getByText('Bạn đã đồng ý làm đồng tác giả')).toBeVisible();

  await lead.visit(`/entries/${entry}/authors`);
  await expect(page.getByText('Đã đồng ý lúc')).toHaveCount(2);
  await expect(page.getByText('Đã từ chối lúc')).toHaveCount(1);
  await page.getByRole('button', { name: 'Bỏ tác giả 3' }).click();
  await expect(page.getByText('Đã từ chối lúc')).toHaveCount(0);
  await page.getByRole('button', { name: 'Chia đều' }).click();
  await expect(page.getByText(SAVED).first()).toBeVisible();

  await lead.visit(`/entries/${entry}/statement`);
  for (const section of ['current_situation', 'purpose', 'solution', 'novelty', 'applicability', 'effect']) {
    await page.locator(`[name="form[sections][${section}]"]`).fill(`Nội dung mục ${section}.`);
  }
  await page.locator('[name="form[sections][effect]"]').blur();
  await expect(page.getByText(SAVED).first()).toBeVisible();
  await lead.visit(`/entries/${entry}/declaration`);
  await page.locator('[name="form[accepted]"]').check();
  await expect(page.getByText(SAVED).first()).toBeVisible();
  await lead.visit(`/entries/${entry}/review`);
  await page.getByRole('button', { name: 'Nộp bài dự thi' }).click();
  await page.waitForURL(new RegExp(`/entries/${entry}$`));
});

test('shares that are one per cent off say what is missing or too much', async ({ visitor }) => {
  const author = await visitor('pt.tacgia05');
  const entry = await ownDraft(author);
  await author.visit(`/entries/${entry}/authors`);
  const share = author.page.locator('[name="form[authors][0][share]"]');
  await share.fill('99');
  await share.blur();
  await expect(author.page.getByText(/còn thiếu 1%/).first()).toBeVisible();
  await share.fill('101');
  await share.blur();
  await expect(author.page.getByText(/thừa 1%/).first()).toBeVisible();
  await author.page.getByRole('button', { name: 'Chia đều' }).click();
  await expect(share).toHaveValue('100');
  await expect(author.page.getByText(SAVED).first()).toBeVisible();
  await expectAccessible(author.page);
});

test('two screens on one draft: other fields are joined, the same field is a choice', async ({ visitor }) => {
  const desk = await visitor('pt.tacgia05');
  const phone = await visitor('pt.tacgia05');
  const entry = await ownDraft(desk);
  await desk.visit(`/entries/${entry}/topic`);
  await phone.visit(`/entries/${entry}/statement`);

  const title = (at: Visitor) => at.page.locator('[name="form[title]"]');
  const purpose = phone.page.locator('[name="form[sections][purpose]"]');
  await title(desk).fill('[Giả định] Tên viết trên máy bàn');
  await title(desk).blur();
  await expect(desk.page.getByText(SAVED).first()).toBeVisible();
  phone.watch.expectStatus(409);
  await purpose.fill('Mục đích viết trên điện thoại.');
  await purpose.blur();
  await expect(phone.page.getByText('Hai phần đã được ghép').first()).toBeVisible();
  await expect(phone.page.getByText(SAVED).first()).toBeVisible();
  await desk.visit(`/entries/${entry}/statement`);
  await expect(desk.page.locator('[name="form[sections][purpose]"]')).toHaveValue('Mục đích viết trên điện thoại.');

  // Both write the title now.
  await desk.visit(`/entries/${entry}/topic`);
  await phone.visit(`/entries/${entry}/topic`);
  await title(desk).fill('[Giả định] Tên thứ nhất của bài');
  await title(desk).blur();
  await expect(desk.page.getByText(SAVED).first()).toBeVisible();
  await title(phone).fill('[Giả định] Tên thứ hai của bài');
  await title(phone).blur();
  const clash = phone.page.getByText('Hai người cùng sửa một nội dung');
  await expect(clash.first()).toBeVisible();
  await expectAccessible(phone.page);
  await expect(title(phone)).toHaveValue('[Giả định] Tên thứ hai của bài');
  // More is typed before the choice, and the page comes anew: nothing has won meanwhile.
  await title(phone).fill('[Giả định] Tên thứ hai của bài, viết thêm');
  await phone.page.reload();
  await hydrated(phone.page);
  await expect(clash.first()).toBeVisible();
  await expect(title(phone)).toHaveValue('[Giả định] Tên thứ hai của bài, viết thêm');
  await phone.page.getByRole('button', { name: /^Giữ bản của bạn/ }).click();
  await expect(clash).toHaveCount(0);
  await expect(phone.page.getByText(SAVED).first()).toBeVisible();
  await desk.visit(`/entries/${entry}/topic`);
  await expect(title(desk)).toHaveValue('[Giả định] Tên thứ hai của bài, viết thêm');
});

test('what is typed while the server cannot be reached survives a reload', async ({ visitor }) => {
  const author = await visitor('pt.tacgia05');
  const entry = await ownDraft(author);
  await author.visit(`/entries/${entry}/statement`);
  author.watch.expectOffline();
  // Pages still come, saving does not: as with a proxy that lost its server.
  await author.page.route('**/api/entry/save_draft', route => route.abort('internetdisconnected'));
  const novelty = author.page.locator('[name="form[sections][novelty]"]');
  await novelty.fill('Điểm mới viết khi mất kết nối.');
  await novelty.blur();
  await expect(author.page.getByText('Mất kết nối').first()).toBeVisible();
  await author.page.reload();
  await hydrated(author.page);
  await expect(novelty).toHaveValue('Điểm mới viết khi mất kết nối.');
  await expect(author.page.getByText('Đã khôi phục nội dung').first()).toBeVisible();
  await author.page.unroute('**/api/entry/save_draft');
  await novelty.fill('Điểm mới viết khi mất kết nối, rồi viết tiếp.');
  await novelty.blur();
  await expect(author.page.getByText(SAVED).first()).toBeVisible();
  const elsewhere = await visitor('pt.tacgia05');
  await elsewhere.visit(`/entries/${entry}/statement`);
  await expect(elsewhere.page.locator('[name="form[sections][novelty]"]')).toHaveValue(
    'Điểm mới viết khi mất kết nối, rồi viết tiếp.',
  );
});

test('a refused field holds up nothing else, and is saved once it is mended', async ({ visitor }) => {
  const author = await visitor('pt.tacgia05');
  const elsewhere = await visitor('pt.tacgia05');
  const entry = await ownDraft(author);
  const { page } = author;
  const contact = (at: Visitor) => at.page.locator('[name="form[authors][0][contact]"]');
  const refused = page.getByText(/Chưa lưu được, cần sửa: Liên hệ của tác giả 1/);
  const restored = page.getByText('Đã khôi phục nội dung');
  await author.visit(`/entries/${entry}/authors`);
  // ID-card numbers are kept nowhere.
  author.watch.expectStatus(422);
  await contact(author).fill('012345678901');
  await contact(author).blur();
  await expect(refused).toBeVisible();
  await expect(contact(author)).toHaveAttribute('aria-invalid', 'true');

  // Another step, without a new page: it is stored, and the state still says that something is not.
  await page.locator('a.step-link[href$="/statement"]').click();
  await page.waitForURL('**/statement');
  const purpose = (at: Visitor) => at.page.locator('[name="form[sections][purpose]"]');
  const stored = page.waitForResponse(answer => answer.url().includes('/api/entry/save_draft') && answer.ok());
  await purpose(author).fill('Mục đích viết khi phần liên hệ bị từ chối.');
  await purpose(author).blur();
  await stored;
  await expect(refused).toBeVisible();
  await expect(page.getByText(SAVED)).toHaveCount(0);
  await elsewhere.visit(`/entries/${entry}/statement`);
  await expect(purpose(elsewhere)).toHaveValue('Mục đích viết khi phần liên hệ bị từ chối.');

  // The device keeps what was refused over every new page, and the review names it.
  await author.visit(`/entries/${entry}/review`);
  await expect(restored.first()).toBeVisible();
  await expect(refused).toBeVisible();
  await expect(page.getByRole('link', { name: /Liên hệ của tác giả 1: giống số căn cước/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Nộp bài dự thi' })).toBeDisabled();
  await author.visit(`/entries/${entry}/authors`);
  await expect(contact(author)).toHaveValue('012345678901');
  await expect(contact(author)).toHaveAttribute('aria-invalid', 'true');
  await expect(refused).toBeVisible();
  await elsewhere.visit(`/entries/${entry}/authors`);
  await expect(contact(elsewhere)).not.toHaveValue('012345678901');

  // Mended, it goes by itself, and nothing is left on the device.
  await contact(author).fill('0912345678');
  await contact(author).blur();
  await expect(page.getByText(SAVED).first()).toBeVisible();
  await expect(refused).toHaveCount(0);
  await expect(contact(author)).not.toHaveAttribute('aria-invalid', 'true');
  await author.visit(`/entries/${entry}/authors`);
  await expect(contact(author)).toHaveValue('0912345678');
  await expect(restored).toHaveCount(0);
});

test('two pages that lost the server lose nothing to one another', async ({ visitor }) => {
  const author = await visitor('pt.tacgia05');
  const entry = await ownDraft(author);
  author.watch.expectOffline();
  const broken = '**/api/entry/save_draft';
  await author.context.route(broken, route => route.abort('internetdisconnected'));
  const typed = { novelty: 'Viết ở trang thứ nhất.', conditions: 'Viết ở trang thứ hai.' };
  const pages = [];
  for (const [section, text] of Object.entries(typed)) {
    const page = await author.context.newPage();
    await page.goto(`/entries/${entry}/statement`);
    await hydrated(page);
    await page.locator(`[name="form[sections][${section}]"]`).fill(text);
    await page.locator(`[name="form[sections][${section}]"]`).blur();
    await expect(page.getByText('Mất kết nối').first()).toBeVisible();
    pages.push(page);
  }
  for (const page of pages) await page.close();
  await author.context.unroute(broken);
  await author.visit(`/entries/${entry}/statement`);
  for (const [section, text] of Object.entries(typed)) {
    await expect(author.page.locator(`[name="form[sections][${section}]"]`)).toHaveValue(text);
  }
  await expect(author.page.getByText(SAVED).first()).toBeVisible();
  const elsewhere = await visitor('pt.tacgia05');
  await elsewhere.visit(`/entries/${entry}/statement`);
  for (const [section, text] of Object.entries(typed)) {
    await expect(elsewhere.page.locator(`[name="form[sections][${section}]"]`)).toHaveValue(text);
  }
});

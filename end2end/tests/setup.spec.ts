// A contest is made from its signed plan and opened; two organisers at one section lose nothing.
import { appoint } from '../fixtures/play';
import { expect, hydrated, test } from '../fixtures/test';

test.use({ world: 'set-up' });

const SLUG = 'thu-2026';

test('a contest is made from its plan, changed by two at once, and opened', async ({ visitor }) => {
  test.setTimeout(180_000);
  const organiser = await visitor('tochuc');
  const { page } = organiser;
  const reader = await visitor();

  await organiser.visit('/manage/new');
  await page.getByLabel(/Một cơ quan, 7 nội dung/).check();
  await page.getByLabel('Tên', { exact: true }).fill('Cuộc thi sáng kiến CCHC [Giả định]');
  await page.getByLabel('Mã', { exact: true }).fill('THU-2026');
  await page.getByLabel('Năm', { exact: true }).fill('2026');
  await page.getByLabel('Đơn vị tổ chức').selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Tạo cuộc thi' }).click();
  await page.waitForURL(`**/manage/${SLUG}/setup/plan`);

  // The plan. A second tab saves another number in between: both are shown, and nothing typed is lost.
  await organiser.visit(`/manage/${SLUG}/setup/plan`);
  const second = await organiser.context.newPage();
  await second.goto(`/manage/${SLUG}/setup/plan`);
  await hydrated(second);
  await second.getByLabel('Số kế hoạch').fill('99');
  await second.getByRole('button', { name: 'Lưu', exact: true }).click();
  await expect(second.getByText('Đã lưu.').first()).toBeVisible();
  await page.getByLabel('Số kế hoạch').fill('12');
  await page.getByLabel('Ký hiệu').fill('KH-SKCCHC');
  await page.getByLabel('Ngày ban hành').fill('2026-11-02');
  await page.getByLabel('Người ký', { exact: true }).fill('Người ký (mẫu)');
  organiser.watch.expectStatus(409);
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  const clash = page.getByText('Người khác vừa lưu phần này').first();
  await expect(clash).toBeVisible();
  await expect(page.getByRole('cell', { name: '99' }).first()).toBeVisible();
  await expect(page.getByRole('cell', { name: '12' }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Giữ của tôi' }).click();
  await page.waitForURL(`**/setup/categories`);
  await organiser.visit(`/manage/${SLUG}/setup/plan`);
  await expect(page.getByLabel('Số kế hoạch')).toHaveValue('12');
  await expect(page.getByLabel('Ký hiệu')).toHaveValue('KH-SKCCHC');

  // Bad input is refused beside its field, the rest stays typed.
  await organiser.visit(`/manage/${SLUG}/setup/timetable`);
  const deadline = (part: string) => page.locator(`[name="form[f][milestones.submission_deadline.${part}]"]`);
  await deadline('precision').selectOption({ label: 'Đến hết ngày' });
  await deadline('date').fill('2027-01-15');
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  await page.waitForURL(`**/setup/eligibility`);

  await organiser.visit(`/manage/${SLUG}/setup/juries`);
  for (const [round, names] of [
    ['Vòng sơ khảo', ['Giám khảo sơ loại 1', 'Giám khảo sơ loại 2']],
    ['Vòng chung kết', ['Giám khảo chung kết 2', 'Giám khảo chung kết 3']],
  ] as const) {
    for (const [index, name] of names.entries()) await appoint(organiser, round, name, index === 0);
  }

  // Not public before it is opened, public after.
  reader.watch.expectStatus(404);
  expect((await reader.page.goto(`/contests/${SLUG}`))?.status()).toBe(404);
  await organiser.visit(`/manage/${SLUG}/setup/open`);
  await page.getByLabel(/Tôi đã kiểm tra thiết lập/).check();
  await page.getByRole('button', { name: 'Mở cuộc thi' }).click();
  await page.waitForURL(`**/manage/${SLUG}`);
  await expect(page.getByText('Đang nhận bài').first()).toBeVisible();
  await reader.visit(`/contests/${SLUG}`);
  await expect(reader.page.getByText('15/01/2027').first()).toBeVisible();
});

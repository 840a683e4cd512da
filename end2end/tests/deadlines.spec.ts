// Deadlines: a grace shown and used, a late entry refused, an extension, changes after submitting, versions compared.
import { randomUUID } from 'node:crypto';
import { call } from '../fixtures/api';
import { appoint } from '../fixtures/play';
import { expect, test, Visitor } from '../fixtures/test';

// It moves the clock on past the deadlines of a contest of its own.
test.use({ world: 'deadlines', engine: 'postgres' });

const SLUG = 'han-2026';
const MINUTE = 60;
const SECTIONS = ['current_situation', 'purpose', 'solution', 'novelty', 'applicability', 'effect'];

interface Draft {
  version: number;
  key: string;
  categories: { code: string; medium_required: boolean }[];
}

/** The wall clock of Vietnam, some minutes from the server's now. */
function vietnam(now: number, minutes: number): { date: string; time: string } {
  const at = new Date(now + (minutes + 7 * 60) * 60_000).toISOString();
  return { date: at.slice(0, 10), time: at.slice(11, 16) };
}

/** A draft of the author with nothing missing, written through the services. */
async function write(author: Visitor, url: string, contest: string, title: string): Promise<string> {
  await call(author.context, url, 'entry/start', { cmd: { key: randomUUID(), contest } });
  const own = await call<{ entries: { entry: string; title: string }[] }>(author.context, url, 'entry/own_entries');
  const entry = own.entries.find(line => line.title === '')?.entry ?? '';
  const draft = await call<Draft>(author.context, url, 'entry/draft', { entry });
  const category = draft.categories.find(one => !one.medium_required)?.code ?? '';
  const steps = [
    { step: 'topic', title, category, scope: 'unit', maturity: 'proposed' },
    { step: 'statement', sections: Object.fromEntries(SECTIONS.map(section => [section, `Nội dung mục ${section}.`])) },
    { step: 'declaration', accepted: 1 },
  ];
  for (const step of steps) {
    const { version } = await call<Draft>(author.context, url, 'entry/draft', { entry });
    const form = { key: randomUUID(), entry, expected: version, intent: 'save', ...step };
    await call(author.context, url, 'entry/post_step', { form });
  }
  return entry;
}

async function submit(author: Visitor, entry: string): Promise<void> {
  await author.visit(`/entries/${entry}/review`);
  await author.page.getByRole('button', { name: 'Nộp bài dự thi' }).click();
}

test('grace, extension, changes after submitting', async ({ visitor, server }) => {
  test.setTimeout(240_000);
  const start = Date.now();
  const organiser = await visitor('tochuc');
  const { page } = organiser;

  // The organiser makes a contest that takes entries for an hour, and fifteen minutes more.
  await organiser.visit('/manage/new');
  await page.getByLabel(/Một cơ quan, 7 nội dung/).check();
  await page.getByLabel('Tên', { exact: true }).fill('Cuộc thi thử hạn nộp [Giả định]');
  await page.getByLabel('Mã', { exact: true }).fill('HAN-2026');
  await page.getByLabel('Năm', { exact: true }).fill('2026');
  await page.getByLabel('Đơn vị tổ chức').selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Tạo cuộc thi' }).click();
  await page.waitForURL(`**/manage/${SLUG}/setup/plan`);
  await organiser.visit(`/manage/${SLUG}/setup/plan`);
  await page.getByLabel('Số kế hoạch').fill('12');
  await page.getByLabel('Ký hiệu').fill('KH-SKCCHC');
  await page.getByLabel('Ngày ban hành').fill('2026-11-02');
  await page.getByLabel('Người ký', { exact: true }).fill('Người ký (mẫu)');
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  await page.waitForURL(`**/setup/categories`);
  const ends = vietnam(start, 60);
  await organiser.visit(`/manage/${SLUG}/setup/timetable`);
  const deadline = (part: string) => page.locator(`[name="form[f][milestones.submission_deadline.${part}]"]`);
  await deadline('precision').selectOption('instant');
  await deadline('date').fill(ends.date);
  await deadline('time').fill(ends.time);
  await page.getByLabel('Nhận thêm sau hạn (phút)').fill('15');
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  await page.waitForURL(`**/setup/eligibility`);
  await organiser.visit(`/manage/${SLUG}/setup/juries`);
  for (const [round, names] of [
    ['Vòng sơ khảo', ['Giám khảo sơ loại 1', 'Giám khảo sơ loại 2']],
    ['Vòng chung kết', ['Giám khảo chung kết 2', 'Giám khảo chung kết 3']],
  ] as const) {
    for (const [index, name] of names.entries()) await appoint(organiser, round, name, index === 0);
  }
  await organiser.visit(`/manage/${SLUG}/setup/open`);
  await expect(page.getByText('15 phút, cho tác giả')).toBeVisible();
  await page.getByLabel(/Tôi đã kiểm tra thiết lập/).check();
  await page.getByRole('button', { name: 'Mở cuộc thi' }).click();
  await page.waitForURL(`**/manage/${SLUG}`);
  const { contest } = await call<{ contest: string }>(organiser.context, server.url, 'contest/setup', { slug: SLUG });

  // The grace stands beside the deadline before anybody needs it.
  const author = await visitor('tacgia05');
  await author.visit(`/contests/${SLUG}`);
  await expect(author.page.getByText(/Hệ thống nhận thêm đến/).first()).toBeVisible();
  const graced = await write(author, server.url, contest, 'Nộp trong thời gian nhận thêm của cuộc thi');
  const late = await write(author, server.url, contest, 'Nộp muộn phải xin gia hạn');

  // Five minutes past the deadline: taken, and marked.
  await server.advance(65 * MINUTE);
  await submit(author, graced);
  await author.page.waitForURL(new RegExp(`/entries/${graced}$`));
  await expect(author.page.getByText('Nộp trong thời gian nhận thêm', { exact: true }).first()).toBeVisible();
  const receipt = await call<{ status_path: string; code: string }>(author.context, server.url, 'entry/receipt', {
    entry: graced,
  });
  const anybody = await visitor();
  await anybody.visit(receipt.status_path);
  await expect(anybody.page.getByText('Biên nhận này có thật')).toBeVisible();
  await expect(anybody.page.getByText(receipt.code)).toBeVisible();
  await expect(anybody.page.getByText('Nộp trong thời gian nhận thêm của cuộc thi')).toHaveCount(0);
  anybody.watch.expectStatus(404);
  expect((await anybody.page.goto(`/receipts/${receipt.code}-00000000`))?.status()).toBe(404);

  // Twenty minutes past: refused, with the deadline, the grace and the zone.
  await server.advance(15 * MINUTE);
  author.watch.expectStatus(422);
  await submit(author, late);
  await expect(author.page.getByText(/Đã quá hạn .*giờ Việt Nam.*nhận thêm đã hết/).first()).toBeVisible();

  // The organiser finds the draft by its author and gives it two hours.
  await organiser.visit(`/manage/${SLUG}/eligibility`);
  await page.getByRole('link', { name: 'Gia hạn nộp bài' }).click();
  await page.waitForURL(`**/manage/${SLUG}/extensions`);
  await organiser.visit(`/manage/${SLUG}/extensions`);
  await page.getByLabel('Mã, tên bài hoặc tên tác giả').fill('nop muon');
  await page.getByRole('button', { name: 'Tìm bài' }).click();
  await page.getByRole('link', { name: /Gia hạn: Nộp muộn/ }).click();
  const until = vietnam(start, 80 + 120);
  await page.locator('[name="form[date]"]').fill(until.date);
  await page.locator('[name="form[time]"]').fill(until.time);
  await page.locator('[name="form[reason]"]').first().fill('Mất điện tại nơi làm việc');
  await page.getByRole('button', { name: 'Ghi nhận gia hạn' }).click();
  await expect(page.getByText('Đã ghi nhận gia hạn.')).toBeVisible();
  await expect(page.getByText('Đang có hiệu lực')).toBeVisible();
  await organiser.visit(`/manage/${SLUG}/extensions`);

  await author.visit(`/entries/${late}/review`);
  await expect(author.page.getByText('Lý do: Mất điện tại nơi làm việc')).toBeVisible();
  await author.page.getByRole('button', { name: 'Nộp bài dự thi' }).click();
  await author.page.waitForURL(new RegExp(`/entries/${late}$`));
  await expect(author.page.getByText('Nộp theo gia hạn riêng').first()).toBeVisible();

  // Changed and submitted again while there is time; the desk goes on seeing the first submission meanwhile.
  await author.visit(`/entries/${late}`);
  await author.page.getByRole('button', { name: 'Sửa bài đã nộp' }).click();
  await author.page.waitForURL(new RegExp(`/entries/${late}/statement$`));
  await author.visit(`/entries/${late}/topic`);
  await expect(author.page.getByText('Bạn đang sửa bài đã nộp')).toBeVisible();
  const title = author.page.locator('[name="form[title]"]');
  await title.fill('Nộp muộn vẫn được gia hạn');
  await title.blur();
  await expect(author.page.getByText(/Đã lưu lúc/).first()).toBeVisible();
  await organiser.visit(`/entries/${late}/detail`);
  await expect(page.getByRole('heading', { level: 1, name: 'Nộp muộn phải xin gia hạn' })).toBeVisible();
  await submit(author, late);
  await author.page.waitForURL(new RegExp(`/entries/${late}$`));
  await expect(author.page.getByText('Lần nộp 2').first()).toBeVisible();

  await author.page.getByRole('link', { name: 'Xem các lần nộp' }).click();
  await author.page.waitForURL(`**/entries/${late}/versions`);
  await author.visit(`/entries/${late}/versions?older=1&newer=2`);
  await expect(author.page.locator('del').getByText('phải')).toBeVisible();
  await expect(author.page.locator('ins').getByText('vẫn')).toBeVisible();

  // The same comparison without any script, for the organiser.
  const plain = await visitor('tochuc', { javaScriptEnabled: false });
  await plain.page.goto(`/entries/${late}/versions?older=1&newer=2`);
  await expect(plain.page.locator('ins').getByText('vẫn')).toBeVisible();
});

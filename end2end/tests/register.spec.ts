// The organiser's register: the checklist, search by synonyms, paper entries, similar entries, lists in and out.
import { expectAccessible } from '../fixtures/a11y';
import { call } from '../fixtures/api';
import { expect, hydrated, test, Visitor } from '../fixtures/test';

// It decides entries and adds some.
test.use({ world: 'register', engine: 'postgres' });
test.describe.configure({ mode: 'serial' });

const SLUG = 'pt-2023';
const SHARED =
  'Mỗi hồ sơ được gắn một mã vạch để người dân tra cứu tình trạng giải quyết bằng điện thoại mà không phải đến ' +
  'trụ sở, cán bộ quét mã khi chuyển bước và hệ thống nhắn tin khi hồ sơ sắp đến hạn trả.';

interface Line {
  entry: string;
  code: string;
  title: string;
  state: string;
  reason: string | null;
}

async function desk(organiser: Visitor, url: string): Promise<Line[]> {
  const view = await call<{ entries: Line[] }>(organiser.context, url, 'entry/eligibility_desk', {
    slug: SLUG,
    filter: { query: '', page: 1 },
  });
  return view.entries;
}

/** A moment of yesterday on the contest's clock, as a field for day and time holds it. */
function yesterday(now: string): string {
  const local = new Date(new Date(now).getTime() - 24 * 3_600_000 + 7 * 3_600_000);
  return local.toISOString().slice(0, 16);
}

/** Registers a paper entry by hand and gives its page. */
async function registerPaper(organiser: Visitor, url: string, title: string, receipt: string): Promise<string> {
  const { page } = organiser;
  const form = await call<{ now: string }>(organiser.context, url, 'register/paper', { slug: SLUG });
  await organiser.visit(`/contests/${SLUG}/register`);
  await page.locator('[name="form[title]"]').fill(title);
  await page.locator('[name="form[authors]"]').fill('[Giả định] Tác Giả Giấy Một\n[Giả định] Tác Giả Giấy Hai');
  await page.locator('[name="form[unit]"]').selectOption({ index: 1 });
  await page.locator('[name="form[category]"]').selectOption({ index: 1 });
  await page.locator('[name="form[received_at]"]').fill(yesterday(form.now));
  await page.locator('[name="form[channel]"]').selectOption('paper');
  await page.locator('[name="form[receipt_number]"]').fill(receipt);
  await page.locator('[name="form[late_reason]"]').fill('Bưu điện giao chậm, dấu gửi trước hạn.');
  await page.locator('[name="form[summary]"]').fill(SHARED);
  await page.getByRole('button', { name: 'Đăng ký bài' }).click();
  await page.waitForURL(/done=/);
  const done = page.getByRole('link', { name: /Đã đăng ký bài/ });
  await expect(done).toBeVisible();
  return (await done.getAttribute('href')) ?? '';
}

test('entries are accepted and rejected by the checklist', async ({ visitor, server }) => {
  const organiser = await visitor('pt.tochuc');
  const { page } = organiser;
  // accepting before everything is answered is refused
  organiser.watch.expectStatus(422);
  await organiser.visit(`/manage/${SLUG}/checklist`);
  await page.getByRole('button', { name: 'Dùng mẫu thông dụng' }).click();
  await page.waitForURL(/done=true/);
  await expect(page.getByText('Đã lưu phiếu kiểm tra.')).toBeVisible();
  await expect(page.locator('[name="form[label][0]"]')).toHaveValue('Đúng đối tượng dự thi');

  const waiting = (await desk(organiser, server.url)).filter(line =>
    ['forwarded', 'eligibility_check'].includes(line.state),
  );
  expect(waiting.length).toBeGreaterThan(1);
  const [good, bad] = waiting;

  await organiser.visit(`/manage/${SLUG}/eligibility`);
  await page.getByRole('link', { name: `Mở phiếu kiểm tra của bài ${good.code}` }).click();
  await page.waitForURL(/\/detail/);
  const check = page.locator('#check');
  await expect(check.getByText('Phiếu kiểm tra điều kiện')).toBeVisible();
  await check.getByRole('button', { name: 'Chấp nhận' }).click();
  await expect(check.getByText(/Chưa trả lời: /).first()).toBeVisible();
  for (const code of ['authors', 'deadline', 'form', 'statement', 'medium', 'original', 'declaration']) {
    await check.locator(`[name="form[answer][${code}]"][value="yes"]`).check();
    await check.locator(`[name="form[note][${code}]"]`).fill('Đã đối chiếu hồ sơ.');
  }
  await check.getByRole('button', { name: 'Chấp nhận' }).click();
  await expect(page.getByText('Đã lưu phiếu kiểm tra', { exact: true })).toBeVisible();
  await expect
    .poll(async () => (await desk(organiser, server.url)).find(line => line.code === good.code)?.state)
    .toBe('accepted');

  await organiser.visit(`/entries/${bad.entry}/detail`);
  await check.locator('[name="form[answer][original]"][value="no"]').check();
  await check.locator('[name="form[note][original]"]').fill('Đã đạt giải ở cuộc thi khác.');
  await check.getByRole('button', { name: 'Từ chối' }).click();
  await expect
    .poll(async () => (await desk(organiser, server.url)).find(line => line.code === bad.code)?.reason)
    .toContain('Đã đạt giải ở cuộc thi khác.');
});

test('a paper entry is found by synonym and shown beside its like', async ({ visitor, server }) => {
  const organiser = await visitor('pt.tochuc');
  const { page } = organiser;
  const first = await registerPaper(organiser, server.url, '[Giả định] Ứng dụng CNTT tra cứu hồ sơ', 'E2E-1');
  await registerPaper(organiser, server.url, '[Giả định] Quét mã vạch tại bộ phận Một cửa', 'E2E-2');

  await organiser.visit(`/manage/${SLUG}/eligibility?q=${encodeURIComponent('đề tài công nghệ thông tin tra cứu')}`);
  await expect(page.getByRole('link', { name: '[Giả định] Ứng dụng CNTT tra cứu hồ sơ' })).toBeVisible();
  await expect(page.getByText('Bản giấy').first()).toBeVisible();

  await organiser.visit(first);
  await expect(page.getByText('E2E-1')).toBeVisible();
  await expect(page.getByText('Bài tương tự (tham khảo)')).toBeVisible();
  await expect(page.getByText(/Trùng nhiều, cần đối chiếu/).first()).toBeVisible();
  await expect(page.getByRole('cell', { name: /gắn một mã vạch để người dân tra cứu/ }).first()).toBeVisible();
});

test('a list is looked through before it is imported', async ({ visitor }) => {
  const organiser = await visitor('pt.tochuc');
  const { page } = organiser;
  const upload = async (text: string) => {
    await organiser.visit(`/manage/${SLUG}/import`);
    await page.locator('input[type="file"]').setInputFiles({
      name: 'danh sách.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(text, 'utf-8'),
    });
    await page.getByRole('button', { name: 'Kiểm tra tệp' }).click();
    await page.waitForURL(/file=|upload_error=/);
    await hydrated(page);
  };
  await upload('');
  await expect(page.getByText(/trống|rỗng/i).first()).toBeVisible();

  const heading = 'Số biên nhận;Tên bài dự thi;Tác giả;Mã đơn vị;Mã nội dung;Thời điểm nhận;Lý do nhận muộn';
  await upload(`${heading}\nE2E-9;Ngắn;;khong-co;99;hôm qua;\nE2E-8;S¸ng kiÕn c¶i c¸ch hµnh chÝnh;A;;1;01/04/2023;\n`);
  await expect(page.getByText('C2 – Tác giả: còn trống')).toBeVisible();
  await expect(page.getByText(/F2 – Thời điểm nhận: không đọc được thời gian/)).toBeVisible();
  await expect(page.getByText(/dùng bảng mã TCVN3 \(ABC\), có thể là “Sáng kiến cải cách hành chính”/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Nhập tất cả' })).toHaveCount(0);
  await expectAccessible(page);

  const template = page.waitForEvent('download');
  await organiser.visit(`/manage/${SLUG}/import`);
  await page.getByRole('link', { name: 'Tải tệp mẫu' }).click();
  expect((await template).suggestedFilename()).toMatch(/\.xlsx$/);
});

test('units are imported from a file', async ({ visitor }) => {
  const administrator = await visitor('quantri');
  const { page } = administrator;
  await administrator.visit('/people/import?kind=units');
  await page.locator('input[type="file"]').setInputFiles({
    name: 'don-vi.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Mã đơn vị,Tên đơn vị\nE2E-GD,[Giả định] Đơn vị nhập từ tệp\n', 'utf-8'),
  });
  await page.getByRole('button', { name: 'Kiểm tra tệp' }).click();
  await page.waitForURL(/file=/);
  await hydrated(page);
  await expect(page.getByRole('cell', { name: '[Giả định] Đơn vị nhập từ tệp' })).toBeVisible();
  await page.getByRole('button', { name: 'Nhập tất cả' }).click();
  await expect(page.getByText('Đã nhập: 1 mới, 0 thay đổi, 0 đã có.')).toBeVisible();
  await expectAccessible(page);
});

test('the list of entries is downloaded as the filter shows it', async ({ visitor }) => {
  const organiser = await visitor('pt.tochuc');
  const { page } = organiser;
  await organiser.visit(`/manage/${SLUG}/eligibility?registered=true`);
  for (const [name, ending] of [
    ['Tải danh sách XLSX', /\.xlsx$/],
    ['Tải danh sách CSV', /\.csv$/],
  ] as const) {
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name }).click();
    expect((await download).suggestedFilename()).toMatch(ending);
  }
});

test('a paper entry is registered without a script', async ({ visitor, server }) => {
  const organiser = await visitor('pt.tochuc', { javaScriptEnabled: false });
  const href = await registerPaper(organiser, server.url, '[Giả định] Bài đăng ký không cần tập lệnh', 'E2E-3');
  expect(href).toMatch(/^\/entries\/.+\/detail$/);
});

// Messages: the bell and the inbox in the browser, and mails through a real SMTP server that is also down for a while.
import { randomUUID } from 'node:crypto';
import { BrowserContext } from '@playwright/test';
import { expectNoSidewaysScroll } from '../fixtures/a11y';
import { call } from '../fixtures/api';
import { MailServer } from '../fixtures/mail';
import { expect, test } from '../fixtures/test';

const PORT = 42525;
const ADDRESS = 'tac.gia05@vi-du.vn';

test.use({
  world: 'messages',
  settings: {
    SMTP_URL: `smtp://127.0.0.1:${PORT}`,
    MAIL_FROM: 'Hội thi sáng kiến <noreply@vi-du.vn>',
    PUBLIC_URL: 'https://thi.vi-du.vn',
  },
});

interface Draft {
  version: number;
  content: { author_type: string; authors: { contact: string }[] };
  categories: { code: string; medium_required: boolean }[];
}

/** Submits an entry through the services; the lead author's contact is the address. */
async function submitEntry(author: BrowserContext, url: string, title: string): Promise<string> {
  const home = await call<{ open_contests: { id: string; slug: string }[] }>(author, url, 'entry/own_entries');
  const contest = home.open_contests.find(card => card.slug === 'pt-2023');
  expect(contest, 'the campaign takes entries').toBeTruthy();
  const started = await author.request.post(`${url}/api/entry/start`, {
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    data: new URLSearchParams({ 'cmd[key]': randomUUID(), 'cmd[contest]': contest?.id ?? '' }).toString(),
    maxRedirects: 0,
  });
  expect(started.status()).toBeLessThan(400);
  const mine = await call<{ entries: { entry: string; state: string; title: string }[] }>(author, url, 'entry/own_entries');
  const entry = mine.entries.find(line => line.state === 'draft' && line.title === '')?.entry ?? '';
  const draft = await call<Draft>(author, url, 'entry/draft', { entry });
  const sections = ['current_situation', 'purpose', 'solution', 'novelty', 'applicability', 'effect'];
  const steps = [
    {
      step: 'authors',
      author_type: draft.content.author_type,
      authors: draft.content.authors.map(one => ({ ...one, contact: ADDRESS })),
    },
    {
      step: 'topic',
      title,
      category: draft.categories.find(category => !category.medium_required)?.code,
      scope: 'unit',
      maturity: 'proposed',
      first_applied_on: null,
    },
    { step: 'statement', statement: Object.fromEntries(sections.map(section => [section, `Nội dung mục ${section}.`])) },
    { step: 'declaration', accepted: 1 },
  ];
  let expected = draft.version;
  for (const content of steps) {
    const saved = await author.request.post(`${url}/api/entry/save_draft`, {
      headers: { accept: 'application/json' },
      data: { cmd: { key: randomUUID(), entry, expected, content } },
    });
    expect(saved.ok(), await saved.text()).toBe(true);
    expected = ((await saved.json()) as { version: number }).version;
  }
  await call(author, url, 'entry/submit', { cmd: { key: randomUUID(), entry, expected } });
  return (await call<{ code: string }>(author, url, 'entry/receipt', { entry })).code;
}

test('a receipt is mailed, and a mail server that is down delays it but loses nothing', async ({ visitor, server }) => {
  const mail = new MailServer(PORT);
  await mail.start();
  try {
    const author = await visitor('pt.tacgia05');
    const first = await submitEntry(author.context, server.url, 'Giải pháp có biên nhận qua thư');
    await expect.poll(() => mail.to(ADDRESS).length, { timeout: 20_000 }).toBe(1);
    const [receipt] = mail.to(ADDRESS);
    expect(receipt.subject).toBe(`Đã nhận bài dự thi ${first}`);
    expect(receipt.text).toContain('“Giải pháp có biên nhận qua thư”');
    expect(receipt.text).toContain('giờ Việt Nam (UTC+7)');
    expect(receipt.text).toMatch(/https:\/\/thi\.vi-du\.vn\/entries\/[0-9a-f-]{36}\s/);
    expect(receipt.raw).toContain('multipart/alternative');
    await author.visit('/messages');
    await expect(author.page.getByText(/Đã gửi e-mail lúc/).first()).toBeVisible();

    await mail.stop();
    const second = await submitEntry(author.context, server.url, 'Giải pháp nộp khi máy chủ thư dừng');
    const organiser = await visitor('pt.tochuc');
    await expect
      .poll(async () => {
        await organiser.page.goto('/manage/pt-2023/messages?state=failed');
        return organiser.page.getByText('Không kết nối được máy chủ thư').count();
      }, { timeout: 20_000 })
      .toBeGreaterThan(0);
    await organiser.visit('/manage/pt-2023/messages');
    await author.visit('/messages');
    const line = author.page.getByRole('article').filter({ hasText: second });
    await expect(line.getByText('E-mail đang chờ gửi')).toBeVisible();

    await mail.start();
    await server.advance(10 * 60);
    await expect.poll(() => mail.to(ADDRESS).length, { timeout: 20_000 }).toBe(2);
    expect(mail.to(ADDRESS)[1].subject).toBe(`Đã nhận bài dự thi ${second}`);
    await author.visit('/messages');
    await expect(line.getByText(/Đã gửi e-mail lúc/)).toBeVisible();
    expect(mail.to(ADDRESS), 'each was sent once').toHaveLength(2);
  } finally {
    await mail.stop();
  }
});

test('the bell counts, the inbox leads on and marks read', async ({ visitor }) => {
  const author = await visitor('tacgia05');
  await author.visit('/messages');
  const { page } = author;
  const bell = page.getByRole('link', { name: /^Thông báo: \d+ chưa đọc$/ });
  const before = Number(/\d+/.exec((await bell.getAttribute('aria-label')) ?? '')?.[0]);
  expect(before).toBeGreaterThan(1);

  // A message followed is read, and the bell says so without a new page.
  const unread = page.getByRole('article').filter({ has: page.getByText('Chưa đọc', { exact: true }) });
  await unread.first().getByRole('heading').getByRole('link').click();
  await page.waitForURL(/\/entries\//);
  await expect(page.getByRole('link', { name: `Thông báo: ${before - 1} chưa đọc` })).toBeVisible();

  await author.visit('/messages?unread=1');
  await expect(page.getByRole('article')).toHaveCount(Math.min(before - 1, 20));
  await page.getByRole('button', { name: 'Đánh dấu tất cả đã đọc' }).click();
  await expect(page.getByText('Không còn thông báo chưa đọc')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Thông báo', exact: true })).toBeVisible();
});

test('the inbox works on a phone and without scripts', async ({ visitor }) => {
  const phone = await visitor('tacgia07', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
  await phone.visit('/messages');
  await expectNoSidewaysScroll(phone.page);

  const plain = await visitor('tacgia07', { javaScriptEnabled: false });
  await plain.page.goto('/messages?unread=1');
  const lines = plain.page.getByRole('article');
  const before = await lines.count();
  expect(before).toBeGreaterThan(0);
  await lines.first().getByRole('button', { name: /^Đánh dấu đã đọc/ }).click();
  await expect(lines).toHaveCount(before - 1);
});

// Every screen as its person sees it: axe, console, hydration, no sideways scroll at three widths, light and dark.
import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/a11y';
import { call } from '../fixtures/api';
import { expect, hydrated, test } from '../fixtures/test';

const pages: { persona?: string; paths: string[] }[] = [
  { paths: ['/', '/contests/pt-2023', '/contests/sim-2025', '/contests/qt-kkt-2021', '/contests/qt-kkt-2021/result', '/sign-in'] },
  { persona: 'pt.tacgia05', paths: ['/entries', '/account', '/messages'] },
  { persona: 'pt.phumy', paths: ['/contests/pt-2023/unit', '/contests/pt-2023/register', '/messages'] },
  {
    persona: 'tochuc',
    paths: [
      '/manage',
      '/manage/new',
      '/manage/sim-2025',
      '/manage/sim-2025/setup/plan',
      '/manage/sim-2025/setup/categories',
      '/manage/sim-2025/setup/timetable',
      '/manage/sim-2025/setup/eligibility',
      '/manage/sim-2025/setup/form',
      '/manage/sim-2025/setup/rounds',
      '/manage/sim-2025/setup/juries',
      '/manage/sim-2025/setup/prizes',
      '/manage/sim-2025/setup/open',
      '/manage/sim-2025/eligibility',
      '/manage/sim-2025/units',
      '/manage/sim-2025/blind',
      '/contests/sim-2025/board',
    ],
  },
  {
    persona: 'pt.tochuc',
    paths: [
      '/manage/pt-2023/eligibility',
      '/manage/pt-2023/checklist',
      '/manage/pt-2023/extensions',
      '/manage/pt-2023/import',
      '/manage/pt-2023/messages',
      '/manage/pt-2023/units',
    ],
  },
  { persona: 'lanhdao', paths: ['/contests/sim-2025/board'] },
  { persona: 'gksl3', paths: ['/judging'] },
  { persona: 'quantri', paths: ['/people', '/people/import'] },
];

const sizes = [
  { width: 1280, height: 800, colorScheme: 'light' as const },
  { width: 820, height: 1180, colorScheme: 'light' as const },
  { width: 360, height: 780, colorScheme: 'dark' as const },
];

for (const { persona, paths } of pages) {
  for (const { width, height, colorScheme } of sizes) {
    test(`pages of ${persona ?? 'a reader'} at ${width} px, ${colorScheme}`, async ({ visitor }) => {
      const { page, visit } = await visitor(persona, { viewport: { width, height }, colorScheme });
      for (const path of paths) {
        await visit(path);
        await expectNoSidewaysScroll(page);
      }
    });
  }
}

// What the system says itself: buttons, headings of tables and the site's navigation carry no text of people.
const vietnamese = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/i;

for (const { persona, paths } of pages.filter(({ persona }) => persona !== undefined)) {
  test(`pages of ${persona} in English`, async ({ visitor }) => {
    const { page, visit } = await visitor(persona, { viewport: { width: 360, height: 780 } });
    await page.goto(`/locale?to=en&back=${paths[0]}`);
    await hydrated(page);
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    const own = async () => {
      await expectNoSidewaysScroll(page);
      const texts = await page.locator('main button, main th[scope="col"], .site-header nav a').allTextContents();
      expect(texts.filter(text => vietnamese.test(text.replaceAll('Tiếng Việt', '')))).toEqual([]);
    };
    for (const path of paths) {
      await visit(path);
      await own();
    }
    if (persona === 'pt.tacgia05') {
      await visit('/entries');
      await page.getByRole('link', { name: /Continue/ }).first().click();
      await hydrated(page);
      const base = page.url().replace(/\/\w+$/, '');
      for (const step of ['authors', 'statement', 'attachments', 'review']) {
        await visit(`${base}/${step}`);
        await own();
      }
    }
  });
}

test('a judge finds an entry and its scorecard on a tablet', async ({ visitor, server }) => {
  const { page, visit, context } = await visitor('gksl3', { viewport: { width: 820, height: 1180 }, hasTouch: true });
  const [round] = await call<{ round: string; entries: { label: string; state: string }[] }[]>(
    context,
    server.url,
    'judging/queues',
  ).then(queues => queues.filter(queue => queue.entries.length > 0));
  await visit(`/judging/${round.round}`);
  const open = round.entries.find(entry => entry.state === 'empty');
  await visit(`/judging/${round.round}/entry/${open?.label}`);
  // 44 px targets on judge screens.
  const small = await page.locator('main button:visible, main input:visible').evaluateAll(elements =>
    elements
      .filter(element => !element.classList.contains('visually-hidden'))
      .map(element => ({ text: element.outerHTML.slice(0, 90), height: element.getBoundingClientRect().height }))
      .filter(({ height }) => height > 1 && height < 44),
  );
  expect(small).toEqual([]);
  await expectAccessible(page);
});

test('an unknown address is a 404 page', async ({ visitor }) => {
  const { page, watch } = await visitor();
  watch.expectStatus(404);
  const answer = await page.goto('/khong-co-trang-nay');
  expect(answer?.status()).toBe(404);
  await expectAccessible(page);
});

test('signing in and writing a draft work without JavaScript', async ({ visitor }) => {
  const { page } = await visitor(undefined, { javaScriptEnabled: false });
  await page.goto('/sign-in?next=/entries');
  await page.locator('[name="cmd[login]"]').fill('pt.tacgia05');
  await page.locator('[name="cmd[password]"]').fill('cai-cach-2026');
  await page.locator('form:has([name="cmd[login]"]) button[type="submit"]').click();
  await page.waitForURL(/\/entries/);
  await page.getByRole('link', { name: /Viết tiếp/ }).first().click();
  const base = page.url().replace(/\/\w+$/, '');
  await page.goto(`${base}/topic`);
  await page.locator('[name="form[title]"]').fill('[Giả định] Sổ tay điện tử viết khi chưa có JavaScript');
  await page.locator('button[name="form[intent]"][value="next"]').click();
  await page.goto(`${base}/topic`);
  await expect(page.locator('[name="form[title]"]')).toHaveValue('[Giả định] Sổ tay điện tử viết khi chưa có JavaScript');
});

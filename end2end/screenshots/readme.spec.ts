// Takes the README's pictures from the demo, in Vietnamese, each page as its person sees it.
import { join } from 'node:path';
import { hydrated, test } from '../fixtures/test';

const pictures: { name: string; persona?: string; path: string; width: number; height: number; dark?: boolean }[] = [
  { name: 'home', path: '/', width: 1280, height: 800 },
  { name: 'contest-phone', path: '/contests/pt-2023', width: 360, height: 780 },
  { name: 'board', persona: 'lanhdao', path: '/contests/sim-2025/board', width: 1280, height: 900 },
  { name: 'board-dark', persona: 'lanhdao', path: '/contests/sim-2025/board', width: 1280, height: 900, dark: true },
  { name: 'unit', persona: 'pt.phumy', path: '/contests/pt-2023/unit', width: 1280, height: 900 },
  { name: 'control-room', persona: 'tochuc', path: '/manage/sim-2025', width: 1280, height: 900 },
  { name: 'result', path: '/contests/qt-kkt-2021/result', width: 1280, height: 900 },
];

for (const picture of pictures) {
  test(`picture ${picture.name}`, async ({ visitor }) => {
    const { page } = await visitor(picture.persona, {
      viewport: { width: picture.width, height: picture.height },
      colorScheme: picture.dark ? 'dark' : 'light',
    });
    await page.goto(picture.path);
    await hydrated(page);
    await page.screenshot({ path: join(__dirname, `${picture.name}.png`) });
  });
}

test('picture scorecard on a tablet', async ({ visitor }) => {
  const { page } = await visitor('gksl3', { viewport: { width: 1180, height: 820 }, hasTouch: true });
  await page.goto('/judging');
  await hydrated(page);
  await page.locator('main a[href^="/judging/"]').first().click();
  await page.locator('main a[href*="/entry/"]').last().click();
  await page.waitForURL(/\/entry\//);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(__dirname, 'scorecard.png') });
});

// End-to-end tests run against the release build. `cargo xtask test --only e2e` builds it and sets the E2E_… variables;
// the fixtures start servers of their own (E2E_SERVER_BIN, E2E_SITE_ROOT), each on a fresh data folder.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests',
  outputDir: process.env.E2E_RESULTS ?? 'test-results',
  // A server and a browser already keep two cores busy.
  workers: 1,
  // A test that passes only at the second try is a bug, in the test or in the product.
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  use: {
    // Whatever takes longer is stuck.
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.E2E_CHROMIUM ?? '/usr/bin/chromium',
      // Containers have neither a sandbox nor a GPU, and the browser has nothing to fetch from outside.
      args: [
        '--no-sandbox',
        '--disable-dev-shm-usage',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});

// The pictures of the README: `npx playwright test -c screenshots.config.ts`, with the variables of `cargo xtask test`.
import { defineConfig } from '@playwright/test';
import config from './playwright.config';

export default defineConfig({ ...config, testDir: 'screenshots' });

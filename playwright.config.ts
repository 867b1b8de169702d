import { defineConfig } from '@playwright/test'
import { CHROMIUM_ARGS, findChromium } from './tools/chromium.mjs'

export default defineConfig({
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  // A second try on a busy build machine; the test command names those that needed it.
  retries: process.env['CI'] === undefined ? 0 : 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  outputDir: 'test-results',
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    actionTimeout: 15_000,
    permissions: ['clipboard-read', 'clipboard-write'],
    launchOptions: {
      executablePath: findChromium() ?? '',
      // Containers and some distributions allow no sandbox; the pages are our own, from 127.0.0.1.
      chromiumSandbox: false,
      args: [...CHROMIUM_ARGS],
    },
  },
  projects: [
    { name: 'browser', testDir: 'e2e/browser' },
    { name: 'desktop', testDir: 'e2e/desktop' },
    { name: 'screenshots', testDir: 'e2e/screenshots' },
    { name: 'bench', testDir: 'e2e/bench', testMatch: '**/*.bench.ts', timeout: 600_000 },
  ],
})

import os from 'node:os'
import { defineConfig } from '@playwright/test'
import { CHROMIUM_ARGS, findChromium } from './tools/chromium.mjs'

/** Journeys that hold the window to a time: another one beside them would be measured too. */
const ALONE = /@alone/

export default defineConfig({
  globalSetup: './tools/temp-folder.mjs',
  // The most any project may have; those below that are measured, or share a screen, take one.
  workers: Math.min(2, os.availableParallelism()),
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  // A second try on a busy build machine; the test command names those that needed it.
  retries: process.env['CI'] === undefined ? 0 : 1,
  // Two at a time, and jobs that stand behind every window: these are for what never comes, not for what is slow.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  outputDir: 'test-results',
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    actionTimeout: 20_000,
    permissions: ['clipboard-read', 'clipboard-write'],
    launchOptions: {
      executablePath: findChromium() ?? '',
      // Containers and some distributions allow no sandbox; the pages are our own, from 127.0.0.1.
      chromiumSandbox: false,
      args: [...CHROMIUM_ARGS],
    },
  },
  projects: [
    {
      name: 'browser',
      testDir: 'e2e/browser',
      grepInvert: ALONE,
      fullyParallel: true,
    },
    { name: 'browser-alone', testDir: 'e2e/browser', grep: ALONE, workers: 1 },
    { name: 'desktop', testDir: 'e2e/desktop', workers: 1 },
    { name: 'screenshots', testDir: 'e2e/screenshots', workers: 1 },
    { name: 'bench', testDir: 'e2e/bench', testMatch: '**/*.bench.ts', timeout: 600_000, workers: 1 },
  ],
})

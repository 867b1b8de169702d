import { defineConfig } from '@playwright/test'

export default defineConfig({
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  outputDir: 'test-results',
  projects: [
    { name: 'browser', testDir: 'e2e/browser' },
    { name: 'desktop', testDir: 'e2e/desktop' },
    { name: 'bench', testDir: 'e2e/bench', testMatch: '**/*.bench.ts', timeout: 600_000 },
  ],
})

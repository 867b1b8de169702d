import path from 'node:path'
import { chromium, expect, test, type Browser, type Page } from '@playwright/test'
import { launchOptions, startApp, type RunningApp } from '../app.ts'
import { rowsDataset, versionsDataset } from './datasets.ts'
import { reportAlone } from './measure.ts'

const ROUNDS = 5

let browser: Browser
test.beforeAll(async () => {
  browser = await chromium.launch(launchOptions())
})
test.afterAll(() => browser.close())

const firstCell = (page: Page) => page.locator('[role="grid"] [aria-rowindex="2"] [aria-colindex="1"]')

/** Runs work on a fresh window of a fresh app. */
async function withWindow<T>(
  args: readonly string[],
  work: (page: Page, app: RunningApp, startedMs: number) => Promise<T>,
): Promise<T> {
  const started = performance.now()
  const app = await startApp(args)
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } })
  try {
    const page = await context.newPage()
    await page.goto(app.url)
    return await work(page, app, started)
  } finally {
    await context.close()
    await app.stop()
  }
}

test('start to usable window, browser host', async () => {
  const location = await rowsDataset(1_000_000)
  const samples: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    samples.push(
      await withWindow([location], async (page, _app, started) => {
        await expect(firstCell(page)).toHaveText('0')
        return performance.now() - started
      }),
    )
  }
  reportAlone('start of the process to rows on screen, browser host', samples, '2,000 ms')
})

test('first rows of 5,000,000', async () => {
  const location = await rowsDataset(5_000_000)
  const samples: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    samples.push(
      await withWindow([path.dirname(location)], async (page) => {
        const item = page.getByRole('treeitem', { name: /^data\b/ })
        await expect(item).toBeVisible()
        const started = performance.now()
        await item.click()
        await expect(firstCell(page)).toHaveText('0')
        await expect(page.getByRole('grid', { name: 'Rows of data' })).toHaveAttribute('aria-rowcount', '5000001')
        return performance.now() - started
      }),
    )
  }
  reportAlone('choosing a dataset of 5,000,000 rows to its rows on screen', samples, '1,000 ms')
})

interface StreamApi {
  readonly api: {
    call(name: string, input: unknown): Promise<{ readonly dataset: string }>
    stream(name: string, input: unknown): AsyncIterable<unknown>
  }
}

test('10,000 versions', async () => {
  const location = await versionsDataset(10_000)
  const first: number[] = []
  const all: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const times = await withWindow([], async (page) => {
      await page.waitForFunction(() => 'tiltyard' in window)
      return page.evaluate(async (location) => {
        const { api } = (window as unknown as { tiltyard: StreamApi }).tiltyard
        const { dataset } = await api.call('datasets.open', { location })
        const started = performance.now()
        let seen = 0
        let firstScreen = 0
        for await (const _entry of api.stream('versions.list', { dataset })) {
          if (++seen === 100) firstScreen = performance.now() - started
        }
        return { seen, firstScreen, all: performance.now() - started }
      }, location)
    })
    expect(times.seen).toBeGreaterThanOrEqual(10_000)
    first.push(times.firstScreen)
    all.push(times.all)
  }
  reportAlone('first 100 of 10,000 versions in the page, nothing cached', first, '300 ms')
  reportAlone('all of 10,000 versions in the page, nothing cached', all, '3,000 ms')
})

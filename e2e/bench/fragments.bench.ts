import { chromium, expect, test } from '@playwright/test'
import { launchOptions, startApp } from '../app.ts'
import { manyFragmentsDataset } from './datasets.ts'
import { reportAlone } from './measure.ts'
import { startPortEngine, type PortEngine } from './port-client.ts'

const ROUNDS = 5

/** How long the longest of many small questions waited while the engine was at work: what a block costs everybody else. */
async function longestWaitDuring(engine: PortEngine, work: () => Promise<void>): Promise<number> {
  const over = new AbortController()
  let longest = 0
  const asking = (async () => {
    while (!over.signal.aborted) {
      const asked = performance.now()
      await engine.call('settings.get', { key: 'bench' })
      longest = Math.max(longest, performance.now() - asked)
    }
  })()
  await work()
  over.abort()
  await asking
  return longest
}

for (const { fragments, block } of [
  { fragments: 10_000, block: '50 ms' },
  { fragments: 100_000, block: '200 ms' },
]) {
  const what = `${fragments.toLocaleString('en-US')} fragments`

  test(`engine and ${what}`, async () => {
    const location = await manyFragmentsDataset(fragments)
    const [opened, listed, waited]: number[][] = [[], [], []]
    for (let round = 0; round < ROUNDS; round++) {
      const engine = await startPortEngine()
      const started = performance.now()
      const wait = await longestWaitDuring(engine, async () => {
        const { dataset } = await engine.call('datasets.open', { location })
        opened!.push(performance.now() - started)
        const entries = await engine.list('fragments.list', { dataset })
        expect(entries.map((entry) => entry['id'])).toEqual(Array.from({ length: fragments }, (_, id) => id))
        listed!.push(performance.now() - started - opened!.at(-1)!)
      })
      waited!.push(wait)
      await engine.stop()
    }
    reportAlone(`opening a dataset of ${what}, nothing known of it`, opened!, 'none')
    reportAlone(`fragments.list of ${what} over a port`, listed!, 'none')
    reportAlone('longest wait of another question meanwhile', waited!, block)
  })
}

test('map of 100,000 fragments', async () => {
  const location = await manyFragmentsDataset(100_000)
  const browser = await chromium.launch(launchOptions())
  const painted: number[] = []
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const app = await startApp([location])
      const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
      await page.goto(app.url)
      const view = page.getByRole('tab', { name: /^Fragments/ })
      await view.waitFor()
      await page.waitForLoadState('networkidle')
      const started = performance.now()
      await view.click()
      await page.getByRole('listbox', { name: 'Fragment map' }).waitFor()
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
      painted.push(performance.now() - started)
      await page.close()
      await app.stop()
    }
  } finally {
    await browser.close()
  }
  reportAlone('view Fragments chosen to the map of 100,000 fragments painted', painted, '2,000 ms')
})

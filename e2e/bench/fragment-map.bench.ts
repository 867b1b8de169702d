import path from 'node:path'
import { chromium, expect, test, type Page } from '@playwright/test'
import { launchOptions } from '../app.ts'
import { percentile } from './measure.ts'
import { type BenchPage, serveBenchPage } from './scroll/serve.ts'

const VIEW = { width: 1920, height: 1080 }
const FRAGMENTS = 100_000
/** The figure this build promises: 33 ms, which is two frames of 60 Hz as a page counts them. */
const P95_MS = 33.5

let served: BenchPage

test.beforeAll(async () => {
  served = await serveBenchPage(path.join(import.meta.dirname, 'fragment-map'))
})
test.afterAll(() => served.close())

const MAPS = [
  ['strip', 'bytes'],
  ['strip', 'equal'],
  ['squares', 'bytes'],
] as const

for (const [layout, area] of MAPS) {
  test(`fragment map, ${layout} by ${area}: ${FRAGMENTS.toLocaleString('en-US')} cells while zooming, panning and pointing`, async () => {
    const browser = await chromium.launch(launchOptions())
    try {
      const page = await browser.newPage({ viewport: VIEW })
      const start = performance.now()
      await page.goto(`${served.url}?fragments=${FRAGMENTS}&layout=${layout}&area=${area}`)
      const map = page.getByRole('listbox', { name: 'Fragment map' })
      await map.click()
      await page.getByRole('option').first().waitFor({ state: 'attached' })
      console.log(
        `\nfragment map · ${layout} by ${area} · ${FRAGMENTS.toLocaleString('en-US')} cells · ${VIEW.width}×${VIEW.height} · first choice after ${Math.round(performance.now() - start)} ms`,
      )
      const box = (await map.boundingBox())!
      const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
      const point = await framesWhile(page, () => circle(page, middle, 4000))
      print('pointing', point)
      await page.mouse.move(middle.x, middle.y)
      const zoom = await framesWhile(page, async () => {
        for (let step = 0; step < 80; step++) await turn(page, step < 40 ? -40 : 40)
      })
      print('zooming in and out', zoom)
      // A little zoomed in, all cells but few are still in sight: the worst case for panning.
      await turn(page, -100)
      await page.mouse.down()
      const pan = await framesWhile(page, () => circle(page, middle, 8000))
      await page.mouse.up()
      print('panning', pan)
      for (let step = 0; step < 12; step++) await turn(page, -200)
      await page.mouse.down()
      const close = await framesWhile(page, () => circle(page, middle, 4000))
      await page.mouse.up()
      print('panning close up', close)
      await expect(page.getByLabel('Zoom factor')).not.toHaveText('1.0×')
      expect(percentile(pan, 0.95)).toBeLessThanOrEqual(P95_MS)
    } finally {
      await browser.close()
    }
  })
}

/** Milliseconds between frames, as the page itself sees them. */
async function framesWhile(page: Page, act: () => Promise<void>): Promise<readonly number[]> {
  await page.evaluate(() => {
    const frames: number[] = []
    Object.assign(window, { frames })
    let last = performance.now()
    const frame = (now: number): void => {
      frames.push(now - last)
      last = now
      if ((window as unknown as { frames: number[] }).frames === frames) requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
  await act()
  const frames = await page.evaluate(() => {
    const bench = window as unknown as { frames: number[] }
    const { frames } = bench
    bench.frames = []
    return frames
  })
  // The first interval spans the set-up.
  return frames.slice(1)
}

/** Moves the pointer round and round; a move the page has not taken in yet delays the next. */
async function circle(
  page: Page,
  { x, y }: { readonly x: number; readonly y: number },
  durationMs: number,
): Promise<void> {
  const start = performance.now()
  while (performance.now() - start < durationMs) {
    const angle = (performance.now() - start) / 400
    await page.mouse.move(x + 300 * Math.sin(angle), y + 200 * Math.sin(2 * angle))
    await new Promise((resolve) => setTimeout(resolve, 8))
  }
}

async function turn(page: Page, by: number): Promise<void> {
  await page.mouse.wheel(0, by)
  await new Promise((resolve) => setTimeout(resolve, 16))
}

function print(phase: string, frames: readonly number[]): void {
  const seconds = frames.reduce((sum, frame) => sum + frame, 0) / 1000
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(frames, share).toFixed(1))
  console.log(`  ${phase}: ${(frames.length / seconds).toFixed(1)} fps · frame p50 ${p50} p95 ${p95} p99 ${p99} ms`)
}

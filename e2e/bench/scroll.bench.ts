import { chromium, expect, test, type CDPSession, type Page } from '@playwright/test'
import { launchOptions } from '../app.ts'
import { percentile } from './measure.ts'
import { serveBenchPage, type BenchPage } from './scroll/serve.ts'

/** What the page of the benchmark offers (scroll/page.fixture.tsx). */
interface BenchWindow {
  readonly bench: { firstRow(): number }
  samples: { frames: number[]; longTasks: number[] }
}

const VIEW = { width: 1920, height: 1080 }
const COLUMNS = 50
/** All columns on screen at once. */
const COLUMN_WIDTH = 36
const ROW_HEIGHT = 26
const GRIDS = ['tiltyard', 'hightable'] as const
type Grid = (typeof GRIDS)[number]

let served: BenchPage

test.beforeAll(async () => {
  served = await serveBenchPage()
})
test.afterAll(() => served.close())

for (const rows of [1_000_000, 1_000_000_000]) {
  for (const grid of GRIDS) {
    test(`${grid}: 30 s of wheel and thumb at ${rows.toLocaleString('en-US')} rows × ${COLUMNS} columns`, async () => {
      const browser = await chromium.launch({ ...launchOptions(), ignoreDefaultArgs: ['--hide-scrollbars'] })
      try {
        const page = await browser.newPage({ viewport: VIEW })
        await openGrid(page, grid, rows)
        const cdp = await page.context().newCDPSession(page)
        const heapBefore = await heapMegabytes(cdp)
        const wheel = await measured(page, () => wheelPhase(page, 15_000))
        const drag = await measured(page, () => dragPhase(page, 12_000))
        const sideways = await measured(page, () => wheelFor(page, 3000, 16, (step) => [step % 60 < 30 ? 40 : -40, 0]))
        const heapGrowth = (await heapMegabytes(cdp)) - heapBefore
        const all = {
          frames: [wheel, drag, sideways].flatMap((one) => one.frames),
          longTasks: [wheel, drag, sideways].flatMap((one) => one.longTasks),
        }
        console.log(
          `\n${grid} · ${rows.toLocaleString('en-US')} rows × ${COLUMNS} columns · ${VIEW.width}×${VIEW.height}`,
        )
        print('wheel', wheel)
        print(`drag to row ${drag.deepestRow.toLocaleString('en-US')}`, drag)
        print('sideways', sideways)
        print('all', all)
        console.log(`  heap growth ${heapGrowth.toFixed(1)} MB`)
        if (grid === 'tiltyard') {
          expect(drag.deepestRow).toBeGreaterThan(rows * 0.8)
          expect(heapGrowth).toBeLessThan(50)
        }
      } finally {
        await browser.close()
      }
    })
  }
}

for (const grid of GRIDS) {
  test(`${grid}: a wheel turn of 4,000 px moves by 4,000 px at 1,000,000,000 rows`, async () => {
    const browser = await chromium.launch({ ...launchOptions(), ignoreDefaultArgs: ['--hide-scrollbars'] })
    try {
      const page = await browser.newPage({ viewport: VIEW })
      await openGrid(page, grid, 1_000_000_000)
      const rows = [await firstRow(page)]
      for (let turn = 0; turn < 6; turn++) {
        for (let step = 0; step < 10; step++) await page.mouse.wheel(0, 400)
        // Long enough for either grid to settle and to write its scrollbar back.
        await page.waitForTimeout(400)
        rows.push(await firstRow(page))
      }
      console.log(
        `\n${grid} · first row after each 4,000 px: ${rows.map((row) => row.toLocaleString('en-US')).join(' → ')}`,
      )
      if (grid === 'tiltyard') expect(rows.at(-1)).toBe(Math.floor(24_000 / ROW_HEIGHT))
    } finally {
      await browser.close()
    }
  })
}

async function openGrid(page: Page, grid: Grid, rows: number): Promise<void> {
  await page.goto(`${served.url}?grid=${grid}&rows=${rows}&columns=${COLUMNS}&width=${COLUMN_WIDTH}`)
  await page.getByRole('grid').waitFor()
  await page.waitForTimeout(1000)
  await page.mouse.move(VIEW.width / 2, VIEW.height / 2)
}

function firstRow(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as BenchWindow).bench.firstRow())
}

/** Runs a phase and collects the time between frames and tasks over 50 ms, as the page itself sees them. */
async function measured<Result extends object>(
  page: Page,
  act: () => Promise<Result>,
): Promise<Result & BenchWindow['samples']> {
  await page.evaluate(() => {
    const samples: BenchWindow['samples'] = { frames: [], longTasks: [] }
    Object.assign(window, { samples })
    new PerformanceObserver((list) =>
      samples.longTasks.push(...list.getEntries().map((entry) => entry.duration)),
    ).observe({
      type: 'longtask',
    })
    let last = performance.now()
    const frame = (now: number): void => {
      samples.frames.push(now - last)
      last = now
      if ((window as unknown as BenchWindow).samples === samples) requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
  const result = await act()
  const samples = await page.evaluate(() => {
    const bench = window as unknown as BenchWindow
    const { samples } = bench
    bench.samples = { frames: [], longTasks: [] }
    return samples
  })
  // The first interval spans the set-up.
  return { ...result, frames: samples.frames.slice(1), longTasks: samples.longTasks }
}

/** Slow reading, fast spinning, and back. */
async function wheelPhase(page: Page, durationMs: number): Promise<object> {
  const third = durationMs / 3
  await wheelFor(page, third, 50, () => [0, 120])
  await wheelFor(page, third, 16, () => [0, 480])
  return wheelFor(page, third, 16, () => [0, -480])
}

/** Turns the wheel at a fixed pace; a turn that the page has not taken in yet delays the next. */
async function wheelFor(
  page: Page,
  durationMs: number,
  paceMs: number,
  turn: (step: number) => readonly [number, number],
): Promise<object> {
  const start = performance.now()
  for (let step = 0; performance.now() - start < durationMs; step++) {
    const due = start + step * paceMs
    if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, due - performance.now()))
    const [x, y] = turn(step)
    await page.mouse.wheel(x, y)
  }
  return {}
}

/** Holds the scrollbar's thumb and pulls it down the whole track and up again. */
async function dragPhase(page: Page, durationMs: number): Promise<{ readonly deepestRow: number }> {
  await page.evaluate(() => {
    for (const element of document.querySelectorAll('*')) if (element.scrollTop > 0) element.scrollTop = 0
  })
  await page.waitForTimeout(400)
  const [x, top, bottom] = [VIEW.width - 5, 6, VIEW.height - 14]
  await page.mouse.move(x, top)
  await page.mouse.down()
  const start = performance.now()
  let deepestRow = 0
  for (;;) {
    const share = (performance.now() - start) / durationMs
    if (share >= 1) break
    const depth = share < 0.5 ? share * 2 : 2 - share * 2
    await page.mouse.move(x, top + depth * (bottom - top))
    if (share > 0.45 && share < 0.55) deepestRow = Math.max(deepestRow, await firstRow(page))
    await new Promise((resolve) => setTimeout(resolve, 12))
  }
  await page.mouse.up()
  return { deepestRow }
}

async function heapMegabytes(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  return usedSize / 1e6
}

function print(phase: string, { frames, longTasks }: BenchWindow['samples']): void {
  const seconds = frames.reduce((sum, frame) => sum + frame, 0) / 1000
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(frames, share).toFixed(1))
  const over = longTasks.filter((task) => task > 100).length
  console.log(
    `  ${phase}: ${(frames.length / seconds).toFixed(1)} fps · frame p50 ${p50} p95 ${p95} p99 ${p99} ms · tasks over 50 ms ${longTasks.length}, over 100 ms ${over}, longest ${Math.max(0, ...longTasks).toFixed(0)} ms`,
  )
}

import os from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, expect, test } from '@playwright/test'
import { launchOptions, startApp } from '../app.ts'
import { makeLargeDataset } from './large-dataset.ts'
import { callInWindow, compactWhileReading, openInWindow, readPages } from './maintenance-window.ts'
import { percentile } from './measure.ts'

const BYTES = 2_000_000_000
/** Pages read with no job, before each compaction and after it. */
const IDLE_PAGES = 300
const LOOK_MS = 1000

const CEILINGS = [
  { what: 'with a ceiling of 512 MB', bytes: 512 * 1024 * 1024, rounds: 5 },
  { what: 'with room enough', bytes: 4 * 1024 ** 3, rounds: 2 },
] as const

/** Share of the processors that was used while we wait: what else runs on the machine, in percent. */
async function measureOthers(): Promise<number> {
  const count = (): { readonly idle: number; readonly all: number } => {
    const times = os.cpus().map((cpu) => cpu.times)
    const sum = (list: readonly number[]): number => list.reduce((total, value) => total + value, 0)
    return { idle: sum(times.map(({ idle }) => idle)), all: sum(times.flatMap((it) => Object.values(it))) }
  }
  const before = count()
  await sleep(LOOK_MS)
  const after = count()
  return Math.round(100 * (1 - (after.idle - before.idle) / (after.all - before.all)))
}

const p95 = (samples: readonly number[]): number => percentile(samples, 0.95)
const ms = (value: number): string => `${value.toFixed(1)} ms`
const median = (values: readonly number[]): number => percentile(values, 0.5)

test('pages in the window while 2 GB are compacted', async () => {
  test.setTimeout(1_800_000)
  const dataset = await makeLargeDataset(BYTES)
  const app = await startApp()
  const browser = await chromium.launch(launchOptions())
  try {
    const content = await dataset.content()
    const page = await browser.newPage()
    await page.goto(app.url)
    const opened = await openInWindow(page, dataset.location)
    await readPages(page, opened, dataset.rows, IDLE_PAGES)
    for (const { what, bytes, rounds } of CEILINGS) {
      const all: { readonly idle: number[]; readonly busy: number[] } = { idle: [], busy: [] }
      const ratios: number[] = []
      const ends = { compacted: 0, stopped: 0 }
      for (let round = 0; round < rounds; round++) {
        const load = `${os.loadavg()[0]!.toFixed(1)}, others use ${await measureOthers()} % of ${os.cpus().length} cores`
        const forecast = await callInWindow(page, 'maintenance.forecast', {
          dataset: opened.dataset,
          operation: { kind: 'compact' },
        })
        const versionBefore = await newestVersion()
        const idle = await readPages(page, opened, dataset.rows, IDLE_PAGES)
        const { pages, peakBytes, result, error } = await compactWhileReading(page, opened, dataset.rows, bytes)
        idle.push(...(await readPages(page, opened, dataset.rows, IDLE_PAGES)))
        expect(await dataset.content()).toBe(content)
        if (result === undefined) {
          ends.stopped++
          expect(error).toContain('memory')
          expect(error).toContain('memory')
          expect(await newestVersion()).toBe(versionBefore)
        } else {
          ends.compacted++
          expect(result.after.rows).toBe(dataset.rows)
          const grown = result.after.totalBytes - result.before.totalBytes
          const foretold = Number(forecast['extraDiskAtMost'])
          console.log(
            `  ${result.before.fragments} fragments to ${result.after.fragments} in ${(result.elapsedMs / 1000).toFixed(1)} s; extra disk ${(grown / 1e6).toFixed(0)} MB, foretold at most ${(foretold / 1e6).toFixed(0)} MB: ratio ${(grown / foretold).toFixed(3)} · goal within 10 %`,
          )
          await callInWindow(page, 'versions.restore', { dataset: opened.dataset, version: opened.version })
        }
        all.idle.push(...idle)
        all.busy.push(...pages)
        ratios.push(p95(pages) / p95(idle))
        console.log(
          `  round ${round + 1} (load ${load}): p95 ${ms(p95(pages))} of ${pages.length} pages, idle ${ms(p95(idle))} · ratio ${ratios.at(-1)!.toFixed(2)} · job's memory up to ${(peakBytes / 1e6).toFixed(0)} MB`,
        )
      }
      console.log(
        `page of 100 in the window while 2 GB in ${dataset.fragments} fragments are compacted ${what}: p95 ${ms(p95(all.busy))} (median ${ms(median(all.busy))}) · idle p95 ${ms(p95(all.idle))} (median ${ms(median(all.idle))}) · ratio ${(p95(all.busy) / p95(all.idle)).toFixed(2)}, of single rounds ${ratios.map((it) => it.toFixed(2)).join(' ')} · goal 3 · compacted ${ends.compacted}, stopped with the dataset unchanged ${ends.stopped}`,
      )
    }

    async function newestVersion(): Promise<unknown> {
      return (await callInWindow(page, 'datasets.open', { location: dataset.location }))['version']
    }
  } finally {
    await browser.close()
    await app.stop()
    dataset.remove()
  }
})

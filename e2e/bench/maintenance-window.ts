import type { Page } from '@playwright/test'

/** Rows of a page. */
const PAGE = 100
/** Between two pages, as somebody turns them. */
const PAUSE_MS = 10

type Value = Record<string, unknown>

/** What the app's window offers on its console (renderer/app/console-api.ts), and the job that is kept beside it here. */
interface BenchWindow {
  readonly tiltyard: {
    readonly api: {
      call(name: string, input: unknown): Promise<Value>
      stream(name: string, input: unknown): AsyncIterable<JobEvent>
    }
    decodePage(
      arrow: unknown,
      order: unknown,
    ): { readonly columnNames: readonly string[]; column(name: string): unknown }
    exactValue(column: unknown, row: number): unknown
  }
  job?: { isOver: boolean; peakBytes: number; result?: JobResult; error?: string }
}

interface JobEvent {
  readonly job: { readonly rssBytes?: number }
  readonly result?: JobResult
}

export interface JobResult {
  readonly elapsedMs: number
  readonly before: State
  readonly after: State
}

interface State {
  readonly rows: number
  readonly fragments: number
  readonly totalBytes: number
}

export interface Opened {
  readonly dataset: string
  readonly version: number
}

export interface Compaction {
  /** Milliseconds each page took while it ran. */
  readonly pages: readonly number[]
  /** Most memory its process told. */
  readonly peakBytes: number
  /** Absent when it was stopped; `error` says why. */
  readonly result?: JobResult
  readonly error?: string
}

export async function openInWindow(page: Page, location: string): Promise<Opened> {
  await page.waitForFunction(() => 'tiltyard' in window)
  const opened = await callInWindow(page, 'datasets.open', { location })
  return { dataset: String(opened['dataset']), version: Number(opened['version']) }
}

export function callInWindow(page: Page, name: string, input: unknown): Promise<Value> {
  return page.evaluate(({ name, input }) => (window as unknown as BenchWindow).tiltyard.api.call(name, input), {
    name,
    input,
  })
}

/** Milliseconds each page of a version took, at random offsets, every cell read: so many, or as many as a job leaves time for. */
export function readPages(
  page: Page,
  { dataset, version }: Opened,
  rows: number,
  count: number | 'while the job runs',
): Promise<number[]> {
  return page.evaluate(
    async ({ dataset, ref, rows, count, limit, pauseMs }) => {
      const bench = window as unknown as BenchWindow
      const { api, decodePage, exactValue } = bench.tiltyard
      const samples: number[] = []
      while (count === 'while the job runs' ? bench.job?.isOver === false : samples.length < count) {
        const offset = Math.floor(Math.random() * (rows - limit))
        const started = performance.now()
        const reply = await api.call('rows.page', { dataset, ref, offset, limit })
        const decoded = decodePage(reply['arrow'], reply['order'])
        for (const name of decoded.columnNames) {
          const column = decoded.column(name)
          for (let row = 0; row < limit; row++) exactValue(column, row)
        }
        samples.push(performance.now() - started)
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
      }
      return samples
    },
    { dataset, ref: { version }, rows, count, limit: PAGE, pauseMs: PAUSE_MS },
  )
}

/** Compacts while pages are read, beginning when the job's process works. */
export async function compactWhileReading(
  page: Page,
  opened: Opened,
  rows: number,
  maxMemoryBytes: number,
): Promise<Compaction> {
  await page.evaluate(
    ({ dataset, maxMemoryBytes }) => {
      const bench = window as unknown as BenchWindow
      const job: NonNullable<BenchWindow['job']> = { isOver: false, peakBytes: 0 }
      bench.job = job
      const follow = async (): Promise<void> => {
        try {
          const events = bench.tiltyard.api.stream('maintenance.compact', { dataset, maxMemoryBytes })
          for await (const event of events) {
            job.peakBytes = Math.max(job.peakBytes, event.job.rssBytes ?? 0)
            if (event.result !== undefined) job.result = event.result
          }
        } catch (error) {
          job.error = String(error)
        }
        job.isOver = true
      }
      void follow()
    },
    { dataset: opened.dataset, maxMemoryBytes },
  )
  await page.waitForFunction(() => {
    const { job } = window as unknown as BenchWindow
    return job !== undefined && (job.isOver || job.peakBytes > 0)
  })
  const pages = await readPages(page, opened, rows, 'while the job runs')
  const job = await page.evaluate(() => (window as unknown as BenchWindow).job!)
  return { ...job, pages }
}

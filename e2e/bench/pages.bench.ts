import { createRequire } from 'node:module'
import path from 'node:path'
import { chromium, test } from '@playwright/test'
import { tableFromIPC } from '@uwdata/flechette'
import { launchOptions, startApp } from '../app.ts'
import { rowsDataset } from './datasets.ts'
import { randomOffsets, report } from './measure.ts'
import { startPortEngine } from './port-client.ts'

const require = createRequire(import.meta.url)
const lancedb = require('@lancedb/lancedb') as typeof import('@lancedb/lancedb')

const ROWS = 1_000_000
const PAGE = 100
const ROUNDS = 300
const WARM_UP = 50
const OFFSETS = randomOffsets(ROUNDS + WARM_UP, ROWS - PAGE)

/** What the app's window offers on its console (renderer/app/console-api.ts). */
interface ConsoleApi {
  readonly api: { call(name: string, input: unknown): Promise<Record<string, unknown>> }
  decodePage(arrow: unknown, order: unknown): { readonly columnNames: readonly string[]; column(name: string): unknown }
  exactValue(column: unknown, row: number): unknown
}

interface NativeQuery {
  readonly inner: { execute(rows: number, timeoutMs: number): Promise<{ next(): Promise<Buffer | null> }> }
}

/** The native call alone: a page of raw Arrow bytes, nothing decoded. */
async function bareEngine(location: string): Promise<number[]> {
  const db = await lancedb.connect(path.dirname(location))
  const table = await db.openTable(path.basename(location, '.lance'))
  return timed(async (offset) => {
    const { inner } = table.query().offset(offset).limit(PAGE) as unknown as NativeQuery
    const batches = await inner.execute(PAGE, 30_000)
    while ((await batches.next()) !== null);
  })
}

async function timed(read: (offset: number) => Promise<void>): Promise<number[]> {
  const samples: number[] = []
  for (const offset of OFFSETS) {
    const started = performance.now()
    await read(offset)
    samples.push(performance.now() - started)
  }
  return samples.slice(WARM_UP)
}

test('page of 100 rows × 12 columns at random offsets of 1,000,000 rows: browser host', async () => {
  const location = await rowsDataset(ROWS)
  const app = await startApp()
  const browser = await chromium.launch(launchOptions())
  try {
    const page = await browser.newPage()
    await page.goto(app.url)
    await page.waitForFunction(() => 'tiltyard' in window)
    const bare = await bareEngine(location)
    const ours = await page.evaluate(
      async ({ location, offsets, limit }) => {
        const { api, decodePage, exactValue } = (window as unknown as { tiltyard: ConsoleApi }).tiltyard
        const { dataset, version } = await api.call('datasets.open', { location })
        const samples: number[] = []
        for (const offset of offsets) {
          const started = performance.now()
          const reply = await api.call('rows.page', { dataset, ref: { version }, offset, limit })
          const decoded = decodePage(reply['arrow'], reply['order'])
          for (const name of decoded.columnNames) {
            const column = decoded.column(name)
            for (let row = 0; row < limit; row++) exactValue(column, row)
          }
          samples.push(performance.now() - started)
        }
        return samples
      },
      { location, offsets: OFFSETS, limit: PAGE },
    )
    report(
      'page 100 × 12 of 1M rows, Chromium over websocket, every cell read',
      ours.slice(WARM_UP),
      bare,
      'bare + 6 ms',
    )
  } finally {
    await browser.close()
    await app.stop()
  }
})

test('page of 100 rows × 12 columns at random offsets of 1,000,000 rows: message port', async () => {
  const location = await rowsDataset(ROWS)
  const bare = await bareEngine(location)
  const engine = await startPortEngine()
  try {
    const { dataset, version } = await engine.call('datasets.open', { location })
    const ours = await timed(async (offset) => {
      const page = await engine.call('rows.page', { dataset, ref: { version }, offset, limit: PAGE })
      for (const bytes of page['arrow'] as Uint8Array[]) {
        const table = tableFromIPC(bytes, { useBigInt: true })
        for (let column = 0; column < table.numCols; column++) {
          const values = table.getChildAt(column)
          for (let row = 0; row < table.numRows; row++) values.at(row)
        }
      }
    })
    report('page 100 × 12 of 1M rows, over a message port, every cell read', ours, bare, 'bare + 3 ms')
  } finally {
    await engine.stop()
  }
})

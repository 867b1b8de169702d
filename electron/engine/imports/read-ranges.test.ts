import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tableFromIPC } from '@uwdata/flechette'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import type { BadRow, BadRowPolicy, ColumnPlan } from '#shared/model/import/tables.ts'
import { createRandom } from '#shared/random.fixture.ts'
import { Parsers, type TableBatch, type TableLayout, type TablePlan } from '../parsing/index.ts'
import { PARSER_FILE } from '../parsing/parser.ts'
import { createTableParsers } from '../tables/index.ts'
import { isWorthRanges, readRanges } from './read-ranges.ts'
import { lanesOf, type Lane } from './reader.ts'

/*
 * Ranges against a reading from the beginning, on files nobody would write: line breaks and delimiters in quotes, quotes
 * that go wrong, every line end. `ROUNDS` files of each kind.
 */

const ROUNDS = Number(process.env['ROUNDS'] ?? 15)
const SEED = Number(process.env['SEED'] ?? 1)
const COLUMNS: readonly ColumnPlan[] = [
  { source: 'id', type: 'int64' },
  { source: 'text', type: 'string' },
  { source: 'when', type: 'timestamp' },
]

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tiltyard-ranges-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The parsers themselves, without a thread. Counts what is asked. */
function makeLane(): Lane & { asked: number } {
  const handlers = createTableParsers() as unknown as Record<string, (input: unknown, context: object) => unknown>
  const lane = {
    asked: 0,
    ask(name: string, input: unknown, signal = new AbortController().signal): unknown {
      lane.asked++
      return handlers[name]?.(input, { signal })
    },
    call: async (name: string, input: unknown) => lane.ask(name, input),
    async *stream(name: string, input: unknown, _about: unknown, signal: AbortSignal) {
      yield* lane.ask(name, input, signal) as AsyncIterable<TableBatch>
    },
  }
  return lane as unknown as Lane & { asked: number }
}

interface Read {
  readonly rows: readonly string[]
  readonly rejects: readonly BadRow[]
  readonly sourceRows: number
  readonly badCount: number
  readonly shortRows: number
  readonly commentLines: number
  readonly error: string | undefined
}

async function gather(batches: AsyncIterable<TableBatch>): Promise<Read> {
  const rows: string[] = []
  const rejects: BadRow[] = []
  let [sourceRows, badCount, shortRows, commentLines] = [0, 0, 0, 0]
  try {
    for await (const batch of batches) {
      expect(batch.sourceRows).toBeGreaterThan(sourceRows)
      sourceRows = batch.sourceRows
      badCount += batch.badCount
      shortRows += batch.shortRows ?? 0
      commentLines += batch.commentLines ?? 0
      rejects.push(...batch.rejects)
      if (batch.rows > 0) rows.push(...textsOf(batch.arrow))
    }
    return { rows, rejects, sourceRows, badCount, shortRows, commentLines, error: undefined }
  } catch (error) {
    // What came before a failure depends on the batches.
    const text = error instanceof AppError ? `${error.code}: ${error.message}` : String(error)
    return { rows: [], rejects: [], sourceRows: 0, badCount: 0, shortRows: 0, commentLines: 0, error: text }
  }
}

/** Rows as text. */
function textsOf(arrow: Uint8Array): readonly string[] {
  const rows = tableFromIPC(arrow, { useBigInt: true, useBigIntTimestamp: true }).toArray()
  return rows.map((row) =>
    JSON.stringify(row, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)),
  )
}

let files = 0
function planOf(kind: 'csv' | 'jsonl', text: string, badRows: BadRowPolicy): TablePlan {
  const path = join(folder, `${files++}.${kind}`)
  writeFileSync(path, text)
  return { path, name: 'rows', kind, reading: {}, columns: COLUMNS, nullTokens: ['', 'NULL'], badRows, skipRows: 0 }
}

const signal = new AbortController().signal

async function compare(plan: TablePlan, text: string, rangeBytes: number): Promise<void> {
  const lanes = [makeLane(), makeLane(), makeLane()] as const
  const serial = await gather(lanes[0].stream('table.read', plan, { name: 'rows' }, signal))
  const layout = await lanes[0].call('table.layout', plan, { name: 'rows' }, signal)
  if (layout === null) return
  const bytes = Buffer.byteLength(text)
  const ranged = await gather(readRanges({ plan, bytes }, layout, lanes, signal, rangeBytes))
  expect(ranged, `${plan.path}, ranges of ${rangeBytes} bytes`).toEqual(serial)
}

function randomCsv(roll: (below: number) => number): string {
  const pick = <T>(items: readonly T[]): T => items[roll(items.length)] as T
  const lineEnd = pick(['\n', '\n', '\r\n'])
  const value = (): string =>
    pick([
      () => 'plain',
      () => '',
      () => `"quoted, ${lineEnd} over lines"`,
      () => `"${`line${lineEnd}`.repeat(roll(12))}"`,
      () => '"a ""word"" of its own"',
      () => '"goes on" behind',
      () => 'half a " quote',
      () => `"${'ü€'.repeat(roll(40))}"`,
      () => (roll(40) === 0 ? '"never closed' : 'closed'),
    ])()
  const lines = Array.from({ length: 50 + roll(200) }, (_, row) => {
    if (roll(15) === 0) return pick(['', '', 'too few', 'a,b,c,d,e', '"', '# a remark with a " in it'])
    return `${roll(20) === 0 ? 'no number' : row},${value()},2024-01-0${1 + roll(9)}T10:00:00Z`
  })
  const mark = roll(4) === 0 ? '\uFEFF' : ''
  const end = pick(['', lineEnd, `${lineEnd}${lineEnd}`])
  return `${mark}id,text,when${lineEnd}${lines.join(lineEnd)}${end}`
}

function randomJson(roll: (below: number) => number): string {
  const lines = Array.from({ length: 50 + roll(200) }, (_, row) => {
    if (roll(15) === 0) return ['', '   ', '{"id":', '[1]', '{"id":1,"stranger":2}'][roll(5)]
    const text = JSON.stringify(`${'line\n'.repeat(roll(5))}ü`)
    return `{"id":${roll(20) === 0 ? '"x"' : row},"text":${text},"when":"2024-01-01T10:00:00Z"}`
  })
  return `${lines.join('\n')}${roll(2) === 0 ? '' : '\n'}`
}

describe('ranges say what a reading from the beginning says', () => {
  const roll = createRandom(SEED)

  it.each(['reject', 'null', 'stop'] as const)('of any CSV file, bad rows: %s', async (badRows) => {
    for (let round = 0; round < ROUNDS; round++) {
      const text = randomCsv(roll)
      await compare(planOf('csv', text, badRows), text, 20 + roll(3000))
    }
  })

  it.each(['reject', 'null', 'stop'] as const)('of any JSON Lines file, bad rows: %s', async (badRows) => {
    for (let round = 0; round < ROUNDS; round++) {
      const text = randomJson(roll)
      await compare(planOf('jsonl', text, badRows), text, 20 + roll(3000))
    }
  })

  it('of rows larger than a range, and of line breaks in quotes only', async () => {
    const rows = Array.from({ length: 20 }, (_, row) => `${row},"${'x\n'.repeat(500)}",2024-01-01`)
    const text = `id,text,when\n${rows.join('\n')}\n`
    await compare(planOf('csv', text, 'reject'), text, 300)
  })
})

it('a range that begins inside of quotes is read again, the others are not', async () => {
  const rows = Array.from(
    { length: 400 },
    (_, row) => `${row},${row === 100 ? `"${'1,a,2024-01-01\n'.repeat(60)}"` : 'text'},2024-01-01`,
  )
  const text = `id,text,when\n${rows.join('\n')}\n`
  const plan = planOf('csv', text, 'stop')
  const lanes = [makeLane(), makeLane()] as const
  const layout = (await lanes[0].call('table.layout', plan, { name: 'rows' }, signal)) as TableLayout
  const bytes = Buffer.byteLength(text)
  const read = await gather(readRanges({ plan, bytes }, layout, lanes, signal, 1000))
  expect(read).toMatchObject({ sourceRows: 400, error: undefined })
  const asked = lanes[0].asked + lanes[1].asked - 1
  const ranges = Math.ceil((bytes - layout.start) / 1000)
  expect(asked).toBeGreaterThan(ranges)
  expect(asked).toBeLessThanOrEqual(ranges + 2)
})

it.skipIf(!existsSync(PARSER_FILE))('threads read ranges in turn, and one that ends costs nothing', async () => {
  const rows = Array.from(
    { length: 60_000 },
    (_, row) => `${row},"text ${row % 97}",2024-01-0${1 + (row % 9)}T10:00:00Z`,
  )
  const text = `id,text,when\n${rows.join('\n')}\n`
  const plan = planOf('csv', text, 'stop')
  const bytes = Buffer.byteLength(text)
  const serial = await gather(makeLane().stream('table.read', plan, { name: 'rows' }, signal))
  const parsers = new Parsers(3)
  try {
    const lanes = lanesOf(parsers)
    const layout = (await parsers.call('table.layout', plan, { name: 'rows' })) as TableLayout
    async function* disturbed(): AsyncGenerator<TableBatch> {
      let batches = 0
      for await (const batch of readRanges({ plan, bytes }, layout, lanes, signal, 100_000)) {
        if (batches++ === 2) await parsers.lanes[1]?.close()
        yield batch
      }
    }
    expect(serial).toMatchObject({ sourceRows: rows.length, error: undefined })
    expect(await gather(disturbed())).toEqual(serial)
  } finally {
    await parsers.close()
  }
})

it('a file is read in ranges only where it is large, plain text and read from its beginning', () => {
  const lanes = [makeLane(), makeLane(), makeLane()] as const
  const plan: TablePlan = { ...planOf('csv', 'id\n1\n', 'reject') }
  const bytes = 32 * 1024 * 1024
  expect(isWorthRanges({ plan, bytes }, lanes)).toBe(true)
  expect(isWorthRanges({ plan, bytes }, lanes.slice(0, 2))).toBe(false)
  expect(isWorthRanges({ plan, bytes: 1024 }, lanes)).toBe(false)
  for (const other of [{ kind: 'json' }, { compression: 'gzip' }, { skipRows: 1 }, { maxRows: 9 }] as const)
    expect(isWorthRanges({ plan: { ...plan, ...other }, bytes }, lanes)).toBe(false)
})

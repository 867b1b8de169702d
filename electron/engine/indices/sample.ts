import { decodeSample, type NativeTable, type Projected, type SampledValue } from '../lance/index.ts'
import type { IndexColumn } from './columns.ts'

/** Rows looked at to judge a column. */
export const SAMPLE_ROWS = 20_000
/** Stretches the sample is taken from, evenly over the rows. */
const STRETCHES = 20
const TIMEOUT_MS = 60_000
/** Texts may be long. */
const BATCH_ROWS = 1024

/** What a sample of a column tells. */
export interface ColumnSample {
  readonly sampledRows: number
  /** Distinct values, or distinct labels of lists; nulls are not counted. */
  readonly distinct: number
  /** Words of a text on average; undefined for other columns. */
  readonly meanWords?: number
}

/** Looks at up to 20,000 rows from all over a column whose values can be counted. */
export async function sampleColumn(
  table: NativeTable,
  column: IndexColumn,
  rows: number,
  signal: AbortSignal,
): Promise<ColumnSample> {
  const distinct = new Set<string | number | bigint | boolean>()
  let [sampledRows, texts, words] = [0, 0, 0]
  for (const { offset, limit } of stretches(rows)) {
    const limits = { timeoutMs: TIMEOUT_MS, batchRows: BATCH_ROWS, signal }
    for await (const file of table.page([projectColumn(column)], { offset, limit }, limits)) {
      for (const value of decodeSample(file)) {
        for (const item of itemsOf(value)) distinct.add(item)
        if (typeof value !== 'string') continue
        texts++
        words += value.split(/\s+/).filter((word) => word !== '').length
      }
    }
    sampledRows += limit
  }
  return { sampledRows, distinct: distinct.size, ...(texts === 0 ? {} : { meanWords: words / texts }) }
}

/** A column under a name of its own, also when it lies in a struct. */
export function projectColumn({ sql }: IndexColumn): Projected {
  return { name: 'value', sql }
}

function itemsOf(value: SampledValue): readonly (string | number | bigint | boolean)[] {
  return typeof value === 'object' ? value : [value]
}

function stretches(rows: number): readonly { readonly offset: number; readonly limit: number }[] {
  if (rows <= SAMPLE_ROWS) return rows === 0 ? [] : [{ offset: 0, limit: rows }]
  const limit = SAMPLE_ROWS / STRETCHES
  const step = (rows - limit) / (STRETCHES - 1)
  return Array.from({ length: STRETCHES }, (_, index) => ({ offset: Math.floor(index * step), limit }))
}

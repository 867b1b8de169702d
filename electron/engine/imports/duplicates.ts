import { AppError } from '#shared/errors.ts'
import type { Duplicates } from '#shared/model/import/spec.ts'
import type { EngineContext, OpenDataset } from '../context.ts'
import { createRowDigester, type RowDigester, type RowsBatch, type RowsSchema } from '../lance/index.ts'
import { openView } from '../rows/index.ts'
import { DigestSet } from './digest-set.ts'

const LANES = 4
const READ_TIMEOUT_MS = 120_000
const BATCH_ROWS = 65_536

/** Remembers the rows that came, to leave out those that come again. */
export class Deduper {
  readonly #digester: RowDigester
  readonly #seen = new DigestSet()
  readonly #rule: Duplicates

  /** `made`: a column that gets its values only when rows are known to be new, such as one of vectors. */
  constructor(schema: RowsSchema, rule: Duplicates, made?: string) {
    this.#rule = rule
    this.#digester = createRowDigester(schema, rule.by, made)
  }

  /** Rows that did not come before, ascending; undefined = all. `duplicate-rows` where one is an error. */
  filter(batch: RowsBatch): Int32Array | undefined {
    const { words, nullKeys } = this.#digester.digest(batch)
    const kept: number[] = []
    for (let row = 0; row < batch.rows; row++) {
      // A key that is null in part names no row.
      if (nullKeys[row] === 1 || this.#seen.add(words, row * LANES)) kept.push(row)
      else if (this.#rule.keep === 'error') throw twice(this.#rule)
    }
    return kept.length === batch.rows ? undefined : Int32Array.from(kept)
  }

  /** Remembers the rows a dataset has. */
  async learn(context: EngineContext, dataset: Pick<OpenDataset, 'handle'>, signal: AbortSignal): Promise<void> {
    const { table } = await openView(context, { dataset: dataset.handle })
    const total = await table.countRows(undefined, READ_TIMEOUT_MS)
    if (total === 0) return
    const select = this.#digester.columns.map((name) => ({ name }))
    const limits = { timeoutMs: READ_TIMEOUT_MS, batchRows: BATCH_ROWS, signal }
    for await (const file of table.page(select, { offset: 0, limit: total }, limits)) {
      const { words, nullKeys, rows } = this.#digester.digestStored(file)
      for (let row = 0; row < rows; row++) if (nullKeys[row] !== 1) this.#seen.add(words, row * LANES)
    }
  }
}

/** Of the rows of one commit those with the last of each key, batch by batch; rows without a key are counted. */
export function lastOfEachKey(
  batches: readonly RowsBatch[],
  digester: RowDigester,
): { readonly kept: readonly Int32Array[]; readonly keyless: number } {
  const seen = new DigestSet()
  const kept: Int32Array[] = []
  let keyless = 0
  for (const batch of batches.toReversed()) {
    const { words, nullKeys } = digester.digest(batch)
    const rows: number[] = []
    for (let row = batch.rows - 1; row >= 0; row--) {
      if (nullKeys[row] === 1) keyless++
      else if (seen.add(words, row * LANES)) rows.push(row)
    }
    kept.push(Int32Array.from(rows.reverse()))
  }
  return { kept: kept.reverse(), keyless }
}

function twice({ by }: Duplicates): AppError {
  const what =
    by === 'content' ? 'A row comes twice.' : `Two rows have the same ${by.map((name) => `"${name}"`).join(', ')}.`
  return new AppError({
    code: 'duplicate-rows',
    message: `${what} The import was stopped.`,
    hint: 'Keep the first or the last of them instead, or choose another key.',
  })
}

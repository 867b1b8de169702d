import type { Api } from '#renderer/bridge/host.ts'
import { type CopyCell, type CopyPlan, fetchWholeValue, runsOf } from '#renderer/features/data/index.ts'
import type { ExactValue } from '#shared/model/arrow/index.ts'
import { formatBytes } from '#shared/model/format.ts'
import type { Ref } from '#shared/model/ref.ts'
import type { ChangePage, SideSchemas } from './change-page.ts'
import type { ChangeSource } from './change-source.ts'

/** Rows read at a time. */
const ROWS_PER_READ = 500

/** One of the two states, as its cells are asked for. */
export interface CopyFrom {
  readonly dataset: string
  readonly at: Ref
}

export interface CollectChangesOptions {
  readonly api: Api
  readonly source: ChangeSource
  readonly plan: CopyPlan
  /** `before` takes the values changed cells had. */
  readonly side: 'now' | 'before'
  readonly states: { readonly from: CopyFrom; readonly to: CopyFrom }
  readonly schemas: SideSchemas
  readonly signal: AbortSignal
}

/** The selected cells of differing rows with nothing cut, row by row. */
export async function collectChanges(options: CollectChangesOptions): Promise<readonly (readonly CopyCell[])[]> {
  const { source, plan, signal } = options
  const rows: (readonly CopyCell[])[] = []
  for (const run of runsOf(plan.rows, ROWS_PER_READ)) {
    signal.throwIfAborted()
    const page = await source.fetch(run.start, run.end - run.start, plan.columns, signal)
    for (let row = 0; row < page.rowCount; row++) {
      const cells: CopyCell[] = []
      for (const [index, column] of plan.columns.entries()) {
        const isTaken = plan.includes(run.start + row, index)
        cells.push(isTaken ? await cellOf(options, page, row, column) : undefined)
      }
      rows.push(cells)
    }
  }
  return rows
}

async function cellOf(
  { api, side, states, schemas, signal }: CollectChangesOptions,
  page: ChangePage,
  row: number,
  column: string,
): Promise<ExactValue> {
  const was = side === 'before' ? page.before(row, column) : null
  const { value, fullLength } = was ?? page.value(row, column)
  if (fullLength === null) return value
  const ids = page.rowIds(row)
  const isFrom = was !== null || ids.to === undefined
  const rowId = isFrom ? ids.from : ids.to
  if (rowId === undefined) return value
  const place = isFrom ? states.from : states.to
  const name = isFrom ? (schemas.formerNames.get(column) ?? column) : column
  const whole = await fetchWholeValue(
    api,
    { ...place, rowId, column: name },
    isFrom ? schemas.from : schemas.to,
    signal,
  )
  if (whole.kind === 'value') return whole.value
  const { size, mediaType } = whole.bytes
  return size === null ? { kind: 'null' } : { kind: 'string', value: `<${formatBytes(size)} ${mediaType}>` }
}

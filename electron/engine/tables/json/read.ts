import type { ColumnPlan } from '#shared/model/import/tables.ts'
import type { TableBatch, TablePlan } from '../../parsing/index.ts'
import { isRaw } from '../columns/create.ts'
import { builtColumns, plansOf, type WantedColumn } from '../rows/plan.ts'
import { readRows } from '../rows/read-rows.ts'
import { detectJson } from './detect.ts'
import { Keys } from './keys.ts'
import { openJson } from './open.ts'

/** Reads a JSON or JSON Lines file. A planned key a record does not have is null; one that is not planned is a fault. */
export async function* readJson(plan: TablePlan, signal: AbortSignal): AsyncGenerator<TableBatch> {
  const detected = plan.columns === undefined ? await detectJson(plan, plan.nullTokens) : undefined
  const columns = plan.columns ?? plansOf(detected?.columns ?? [], plan.nullTokens)
  const wanted = builtColumns(plan, columns)
  const json = await openJson(plan, keysOf(columns, wanted))
  const targets = wanted.map(({ name, builder }, cell) => ({ name, builder, cell }))
  const source = {
    block: json.block,
    stride: wanted.length,
    split: json.splitter.split.bind(json.splitter),
    readOn: () => json.fill(),
    bytesRead: json.bytesRead,
    close: () => json.close(),
  }
  yield* readRows(plan, source, targets, signal)
}

/** Keys by their columns. A name with dots is a key as it stands, or else the path of one, such as `address.city`. */
export function keysOf(columns: readonly ColumnPlan[], wanted: readonly WantedColumn[]): Keys {
  const keys = new Keys()
  const cellOf = new Map(wanted.map(({ source }, cell) => [source, cell]))
  for (const { source } of columns) {
    const cell = cellOf.get(source)
    const column = cell === undefined ? undefined : wanted[cell]
    const takesRaw = column !== undefined && isRaw(column.type)
    keys.add(source, cell, takesRaw)
    const parts = source.split('.')
    let level = keys
    for (const part of parts.slice(0, -1)) {
      const key = level.get(part) ?? level.add(part)
      level = key.children ??= new Keys(true)
    }
    if (level !== keys) level.add(parts.at(-1) ?? source, cell, takesRaw)
  }
  return keys
}

import { decodePage, exactValue, formatCellText } from '#shared/model/arrow/index.ts'
import type { BlameEvent } from '#shared/model/compare.ts'
import type { EngineContext } from '../../context.ts'
import { createBatchHasher, LANES, readTrailingUint64, type Projected } from '../../lance/index.ts'
import { compareColumns, planHashes, projectColumns, type ComparedColumn } from '../columns.ts'
import { hashCellsOf, differs } from '../changed-cells.ts'
import { openReader, openSideView } from '../open-reader.ts'
import { readSide } from '../read-side.ts'
import { planReads } from '../reads.ts'
import type { Side } from '../side.ts'
import { takeRows } from '../take-rows.ts'

/** A row in a state, by its row id. */
export interface RowAt {
  readonly side: Side
  readonly id: bigint
}

/** What reading costs; added to by every read. */
export interface ReadCost {
  rowsRead: number
}

export type BlameCell = BlameEvent['cells'][number]

const MAX_TEXT = 200

/** Address of a row (fragment id in the upper half, offset in the lower); undefined when there is no such row. */
export async function findAddress(
  context: EngineContext,
  { side, id }: RowAt,
  cost: ReadCost,
  signal: AbortSignal,
): Promise<bigint | undefined> {
  const view = await openSideView(context, side)
  const select: readonly Projected[] = [{ name: '_rowaddr' }]
  for await (const file of takeRows(view, [id], select, signal)) {
    if (readTrailingUint64(file).length === 0) continue
    cost.rowsRead++
    const column = decodePage([file]).column('_rowaddr')
    const value = column === undefined ? undefined : exactValue(column, 0)
    if (value?.kind === 'integer') return BigInt(value.value)
  }
  return undefined
}

/** Texts of some columns of a row. */
export async function readTexts(
  context: EngineContext,
  { side, id }: RowAt,
  names: readonly string[],
  cost: ReadCost,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  if (names.length === 0) return new Map()
  const view = await openSideView(context, side)
  const self = compareColumns(side, side).columns.filter(({ name }) => names.includes(name))
  const files: Uint8Array[] = []
  for await (const file of takeRows(view, [id], projectColumns(self, 'to'), signal)) files.push(file)
  cost.rowsRead++
  const page = decodePage(files, undefined, side.manifest.schema)
  const texts = self.flatMap(({ name }): [string, string][] => {
    const column = page.column(name)
    return column === undefined || page.rowCount === 0 ? [] : [[name, formatCellText(exactValue(column, 0), MAX_TEXT)]]
  })
  return new Map(texts)
}

/** Cells of one row that differ between two states, with their texts; values are compared whole. */
export async function compareRow(
  context: EngineContext,
  before: RowAt,
  after: RowAt,
  cost: ReadCost,
  signal: AbortSignal,
): Promise<readonly BlameCell[]> {
  const { columns } = compareColumns(before.side, after.side)
  const hashes = planHashes(columns, [])
  const views = { from: await openSideView(context, before.side), to: await openSideView(context, after.side) }
  const old = await hashCellsOf(views.from, [before.id], projectColumns(columns, 'from'), hashes, signal)
  const now = await hashCellsOf(views.to, [after.id], projectColumns(columns, 'to'), hashes, signal)
  cost.rowsRead += 2
  const changed = columns.filter((_, column) => differs(old, now, column, 0))
  return toCells(context, before, after, changed, cost, signal)
}

async function toCells(
  context: EngineContext,
  before: RowAt,
  after: RowAt,
  columns: readonly ComparedColumn[],
  cost: ReadCost,
  signal: AbortSignal,
): Promise<readonly BlameCell[]> {
  const fromNames = columns.map(({ from }) => from.name)
  const old = await readTexts(context, before, fromNames, cost, signal)
  const now = await readTexts(
    context,
    after,
    columns.map(({ to }) => to.name),
    cost,
    signal,
  )
  return columns.map(({ from, to }) => ({
    column: to.name,
    before: old.get(from.name) ?? null,
    after: now.get(to.name) ?? null,
  }))
}

/**
 * The row of an older state, among those that are gone in the newer one, with the same key as a row of the newer one.
 * `undefined` = there is none; `null-key` = the row's own key has a null, which recognises nothing.
 */
export async function findByKey(
  context: EngineContext,
  older: Side,
  row: RowAt,
  keyIds: readonly number[],
  cost: ReadCost,
  signal: AbortSignal,
): Promise<bigint | 'null-key' | 'no-column' | undefined> {
  const columns = compareColumns(older, row.side).columns.filter(({ to }) => keyIds.includes(to.id))
  if (columns.length < keyIds.length) return 'no-column'
  const hasher = createBatchHasher({ columns: columns.length, key: [...columns.keys()], blobs: [] })
  const view = await openSideView(context, row.side)
  let wanted: Int32Array | undefined
  for await (const file of takeRows(view, [row.id], projectColumns(columns, 'to'), signal)) {
    const batch = hasher.decode(file)
    if (batch.rows === 0) continue
    const { key, nullKeys } = hasher.hashRows(batch)
    if (nullKeys[0] === 1) return 'null-key'
    wanted = key.slice(0, LANES)
  }
  if (wanted === undefined) return undefined
  const reads = planReads(older, row.side, []).from
  const reader = await openReader(context, older, row.side, projectColumns(columns, 'from'), signal)
  for await (const { file, wanted: isWanted } of readSide(reader, reads)) {
    signal.throwIfAborted()
    const batch = hasher.decode(file)
    const { rows, ids } = batch
    const { key, nullKeys } = hasher.hashRows(batch)
    cost.rowsRead += rows
    for (let index = 0; index < rows; index++) {
      if (isWanted?.[index] === 0 || nullKeys[index] === 1) continue
      if (hasSameKey(key, index * LANES, wanted)) return ids[index]
    }
  }
  return undefined
}

function hasSameKey(keys: Int32Array, at: number, wanted: Int32Array): boolean {
  for (let lane = 0; lane < LANES; lane++) if (keys[at + lane] !== wanted[lane]) return false
  return true
}

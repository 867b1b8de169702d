import type { RowTotals } from '#shared/model/compare.ts'
import { differs, hashCellsOf } from './changed-cells.ts'
import type { ComparedColumn } from './columns.ts'
import type { HashPlan } from '../lance/index.ts'
import type { SideReader } from './read-side.ts'
import { RowList } from './row-list.ts'
import type { SpillFile } from './spill-file.ts'
import { idsOf } from './take-rows.ts'

/** In which of the changed rows each column changed. */
export interface ChangedColumns {
  readonly cells: RowTotals['changedCells']
  /** By column, the numbers of the rows among those changed. Columns that never changed are left out. */
  readonly rows: ReadonlyMap<string, RowList>
}

export interface ChangedColumnsJob {
  readonly changed: RowList
  readonly readers: { readonly from: SideReader; readonly to: SideReader }
  readonly hashes: HashPlan
  readonly columns: readonly ComparedColumn[]
  /** Memory for the numbers of rows; beyond it they go to the file. */
  readonly maxBytes: number
  readonly spill: SpillFile
  readonly signal: AbortSignal
}

/** Pairs of rows whose cells are compared at a time. */
const PAIRS = 8192

/** Compares the cells of all changed rows. */
export async function findChangedColumns(job: ChangedColumnsJob): Promise<ChangedColumns> {
  const { changed, readers, hashes, columns, maxBytes, spill, signal } = job
  const share = Math.floor(maxBytes / Math.max(1, columns.length))
  const lists = columns.map(() => new RowList(1, share, spill))
  for (let start = 0; start < changed.length; start += PAIRS) {
    const entries = await changed.slice(start, start + PAIRS)
    const [fromIds, toIds] = [idsOf(entries, changed.words, 2), idsOf(entries, changed.words, 0)]
    const before = await hashCellsOf(readers.from.view, fromIds, readers.from.select, hashes, signal)
    const after = await hashCellsOf(readers.to.view, toIds, readers.to.select, hashes, signal)
    const rows = new Int32Array(toIds.length)
    for (const [column, list] of lists.entries()) {
      let found = 0
      for (let row = 0; row < toIds.length; row++) if (differs(before, after, column, row)) rows[found++] = start + row
      await list.append(rows.slice(0, found))
    }
  }
  const named = columns.flatMap(({ name }, column): [string, RowList][] => {
    const list = lists[column]
    return list === undefined || list.length === 0 ? [] : [[name, list]]
  })
  return { cells: named.map(([column, { length }]) => ({ column, cells: length })), rows: new Map(named) }
}

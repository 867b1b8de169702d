import { z } from 'zod'
import { columnName, filter, reading, rowId } from './common.ts'
import { call, stream } from './define.ts'

/** One sort key. Nulls come last unless said otherwise. */
const sortKey = z.strictObject({
  column: columnName,
  descending: z.boolean().optional(),
  nullsFirst: z.boolean().optional(),
})

/** A page of rows as Arrow. */
export interface RowsPage {
  /** Rows of the whole view (after the filter). */
  readonly total: number
  /**
   * Arrow IPC files, one per record batch, with the requested columns and `_rowid` (uint64) last.
   * Columns named in `previews` hold a shortened value beside their full length.
   */
  readonly arrow: readonly Uint8Array[]
  /** Present when the batches are not in view order: `order[i]` is the batch row of the page's row i. */
  readonly order?: readonly number[]
  readonly previews: readonly ColumnPreview[]
}

/** A column whose values were cut for the page. The full value comes from `cells.get`. */
export interface ColumnPreview {
  readonly column: string
  /** Column of the same batch with the full length (characters, bytes or elements); null where the value is null. */
  readonly lengthColumn: string
  /** Characters, bytes or elements kept. */
  readonly kept: number
}

/** Progress of computing a filtered or sorted view. */
export type PrepareEvent =
  | { readonly kind: 'progress'; readonly matched: number; readonly elapsedMs: number }
  | { readonly kind: 'ready'; readonly total: number; readonly elapsedMs: number }

export type FilterCheck =
  | { readonly valid: true }
  | {
      readonly valid: false
      readonly message: string
      readonly hint?: string
      /** 0-based character offsets of the offending part, where Lance's text allows to tell. */
      readonly at?: { readonly start: number; readonly end: number }
    }

const view = { ...reading, filter: filter.optional(), orderBy: z.array(sortKey).max(16).optional() }

export const rows = {
  'rows.page': call<RowsPage>()(
    'One page of rows of a dataset, filtered and sorted, as Arrow with row ids.',
    z.strictObject({
      ...view,
      columns: z.array(columnName).max(4096).optional(),
      offset: z.int().min(0),
      limit: z.int().min(0).max(1000),
    }),
  ),
  'rows.prepare': stream<PrepareEvent>()(
    'Computes the row list of a filtered or sorted view ahead of paging, with progress.',
    z.strictObject(view),
  ),
  'rows.count': call<{ readonly count: number }>()(
    'Number of live rows, or of those matching a SQL filter.',
    z.strictObject({ ...reading, filter: filter.optional() }),
  ),
  'rows.validateFilter': call<FilterCheck>()(
    'Says whether a SQL filter is valid here, and if not why, in plain words. Reads no rows.',
    z.strictObject({ ...reading, filter }),
  ),
  'rows.values': call<{ readonly values: readonly string[]; readonly complete: boolean }>()(
    'Distinct values of a column as SQL literals, from a bounded sample; complete only if the sample is the whole column.',
    z.strictObject({ ...reading, column: columnName, limit: z.int().min(1).max(200) }),
  ),
  'cells.get': call<CellValue>()(
    'The whole value of one cell.',
    z.strictObject({ ...reading, rowId, column: columnName }),
  ),
  'cells.describe': call<CellBytes>()(
    'Size and guessed media type of a binary or blob cell, and the id its bytes are served under.',
    z.strictObject({ ...reading, rowId, column: columnName }),
  ),
  'cells.read': call<{ readonly bytes: Uint8Array; readonly size: number; readonly mediaType: string }>()(
    'A range of the bytes of a binary or blob cell, at most 1 MiB a call.',
    z.strictObject({
      cell: z.string().min(1).max(8192),
      start: z.int().min(0),
      length: z
        .int()
        .min(0)
        .max(1024 * 1024),
    }),
  ),
} as const

/** One cell: an Arrow IPC file with one row and one column, or for blobs and large binaries a description. */
export type CellValue =
  { readonly kind: 'arrow'; readonly arrow: Uint8Array } | ({ readonly kind: 'bytes' } & CellBytes)

/** Bytes of a cell stay where they are; `id` names them for `cells.read` and for the host's `/blob/<id>` address. */
export interface CellBytes {
  readonly id: string
  /** Null when the cell is null. */
  readonly size: number | null
  readonly mediaType: string
}

import { tableFromArrays, tableToIPC, int32, uint64, utf8 } from '@uwdata/flechette'
import type { RowChangePage } from '#shared/model/compare.ts'
import type { SchemaField } from '#shared/model/schema.ts'

/** Rows of `n` and `label` with their ids, as an Arrow file. */
export function rowsFile(rows: readonly (readonly [n: number, label: string | null, rowId: bigint])[]): Uint8Array {
  const table = tableFromArrays(
    {
      n: rows.map(([n]) => n),
      label: rows.map(([, label]) => label),
      _rowid: rows.map(([, , rowId]) => rowId),
    },
    { types: { n: int32(), label: utf8(), _rowid: uint64() }, useBigInt: true },
  )
  const bytes = tableToIPC(table, { format: 'file' })
  if (bytes === null) throw new Error('no bytes')
  return bytes
}

export function field(name: string, logicalType: string, kind: SchemaField['kind']): SchemaField {
  return { id: 0, name, type: logicalType, logicalType, kind, nullable: true, metadata: {}, children: [] }
}

export const SCHEMA = [field('n', 'int32', 'integer'), field('label', 'string', 'string')]

/** Two changed rows: of the first the label, of the second both columns. */
export const CHANGED: RowChangePage = {
  kind: 'changed',
  offset: 0,
  rows: 2,
  columns: ['n', 'label'],
  previews: [],
  arrow: [
    rowsFile([
      [20, null, 71n],
      [10, 'new', 70n],
    ]),
  ],
  // Given out of order, as the engine may.
  order: [1, 0],
  before: [
    rowsFile([
      [10, 'old', 7n],
      [2, 'two', 8n],
    ]),
  ],
  changedColumns: [[1], [0, 1]],
}

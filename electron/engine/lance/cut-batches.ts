import type { Data, Field, RecordBatch, Schema } from 'apache-arrow'
import { cutColumn, isCuttable, keptOf } from './cut-data.ts'
import { loadArrow } from './module.ts'

/** A column whose long values were cut, and the column that says how long they are. */
export interface CutColumn {
  readonly column: string
  readonly lengthColumn: string
  /** Characters, bytes or elements kept of a longer value; a value no longer than this is whole. */
  readonly kept: number
}

/** Cuts the batches of one answer alike, so that all of them have one schema. */
export interface BatchCutter {
  readonly columns: readonly CutColumn[]
  cut(file: Uint8Array): Uint8Array
}

/**
 * Shortens every long text, binary, list, map and struct of an IPC file, and adds their full lengths as int32 columns
 * before the last one (`_rowid`). Done on Arrow buffers rather than by SQL: Lance 12 has no `substr` or CASE in
 * projections, `named_struct` turns null structs into structs of nulls, and maps cannot be sliced.
 * Returns undefined when apache-arrow cannot decode the file, or when nothing in it can be cut.
 */
export function createCutter(file: Uint8Array): BatchCutter | undefined {
  const schema = tryDecode(file)?.schema
  if (schema === undefined) return undefined
  const names = new Set(schema.fields.map((field) => field.name))
  const columns = schema.fields.flatMap((field, index) =>
    isCuttable(field.type) && !isBlobDescriptor(field)
      ? [{ column: field.name, lengthColumn: freeName(`__length_${index}`, names), kept: keptOf(field.type) }]
      : [],
  )
  if (columns.length === 0) return undefined
  return { columns, cut: (bytes) => cutFile(bytes, columns) }
}

/** Blobs arrive as small descriptors already. */
function isBlobDescriptor(field: Field): boolean {
  return field.metadata.has('lance-encoding:blob')
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  return taken.has(wanted) ? freeName(`_${wanted}`, taken) : wanted
}

function tryDecode(
  file: Uint8Array,
): { readonly schema: Schema; readonly batches: readonly RecordBatch[] } | undefined {
  try {
    return loadArrow().tableFromIPC(file)
  } catch {
    return undefined
  }
}

function cutFile(file: Uint8Array, columns: readonly CutColumn[]): Uint8Array {
  const arrow = loadArrow()
  const decoded = tryDecode(file)
  const batch = decoded?.batches[0]
  if (decoded === undefined || batch === undefined) return file
  const byName = new Map(columns.map((column) => [column.column, column]))
  const fields: Field[] = []
  const children: Data[] = []
  const lengthFields: Field[] = []
  const lengths: Data[] = []
  batch.schema.fields.forEach((field, index) => {
    const data = batch.data.children[index] as Data
    const column = byName.get(field.name)
    if (column === undefined) {
      fields.push(field)
      children.push(data)
      return
    }
    const cut = cutColumn(data)
    fields.push(field)
    children.push(cut.data)
    lengthFields.push(new arrow.Field(column.lengthColumn, new arrow.Int32(), true))
    lengths.push(cut.lengths)
  })
  const last = fields.length - 1
  const schema = new arrow.Schema(fields.toSpliced(last, 0, ...lengthFields), decoded.schema.metadata)
  const data = arrow.makeData({
    type: new arrow.Struct(schema.fields),
    length: batch.numRows,
    nullCount: 0,
    children: children.toSpliced(last, 0, ...lengths),
  })
  return arrow.tableToIPC(new arrow.Table(schema, [new arrow.RecordBatch(schema, data)]), 'file')
}

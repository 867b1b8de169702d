import { Table, tableToIPC, Version, Endianness, type Column, type Field } from '@uwdata/flechette'
import type { ArrowBatch } from '../columns/column.ts'

/** One record batch as an Arrow IPC file. */
export function toIpcFile(columns: readonly { readonly name: string; readonly batch: ArrowBatch }[]): Uint8Array {
  const fields = columns.map(({ name, batch }) => ({ name, type: batch.type, nullable: true, metadata: null }))
  const schema = {
    version: Version.V5,
    endianness: Endianness.Little,
    fields: fields as unknown as Field[],
    metadata: null,
  }
  // The writer asks a column for no more than these.
  const children = columns.map(({ batch }) => ({ type: batch.type, data: [batch], length: batch.length }))
  const bytes = tableToIPC(new Table(schema, children as unknown as Column<unknown>[]), { format: 'file' })
  if (bytes === null) throw new Error('The Arrow writer wrote nothing.')
  return bytes
}

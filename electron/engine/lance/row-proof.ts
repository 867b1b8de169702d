import { createHash } from 'node:crypto'
import type { Data } from 'apache-arrow'
import { loadArrow } from './module.ts'
import type { RowsBatch } from './rows-batch.ts'
import { isBlobField } from './rows-schema.ts'

/**
 * A fingerprint of one row that is the same in every process and for the row as a dataset gives it back. Blobs and JSON
 * count as there or not: what is read of them is not what was written.
 */
export function fingerprintRow(batch: RowsBatch, row: number, columns: readonly string[]): string {
  const hash = createHash('sha256')
  for (const name of columns) {
    const index = batch.schema.fields.findIndex((one) => one.name === name)
    const field = batch.schema.fields[index]
    const data = batch.columns[index]
    if (field === undefined || data === undefined) continue
    const isOpaque = isBlobField(field) || field.metadata.get('ARROW:extension:name')?.endsWith('.json') === true
    hash.update(`${name}\0`)
    hash.update(isOpaque ? String(data.getValid(row)) : textOf(valueAt(data, row)))
  }
  return hash.digest('hex')
}

function valueAt(data: Data, row: number): unknown {
  const { Vector } = loadArrow()
  return new Vector([data]).get(row)
}

/** JSON with marks for what JSON has no words for. */
function textOf(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) => {
      if (typeof inner === 'bigint') return `${inner}n`
      if (typeof inner === 'number' && !Number.isFinite(inner)) return String(inner)
      if (inner instanceof Uint8Array) return Buffer.from(inner).toString('base64')
      if (ArrayBuffer.isView(inner)) return Array.from(inner as Float32Array, String)
      if (inner instanceof Map) return [...inner]
      return inner
    }) ?? 'null'
  )
}

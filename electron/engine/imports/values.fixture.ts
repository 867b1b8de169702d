import { basename, dirname } from 'node:path'
import { lancedb } from '../lance/tables.fixture.ts'

/** A value of Arrow as plain data that tests can compare: exact numbers, bytes as hex, nothing of the library's classes. */
export function plain(value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'number') return Object.is(value, -0) || !Number.isFinite(value) ? `${value}` : value
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex')}`
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as Iterable<unknown>, plain)
  if (typeof value !== 'object') return value
  if (value instanceof Map) return [...value].map(([key, item]) => [plain(key), plain(item)])
  const isList = Symbol.iterator in value && 'get' in value && 'length' in value
  if (Array.isArray(value) || isList) return Array.from(value as Iterable<unknown>, plain)
  const record = 'toJSON' in value && typeof value.toJSON === 'function' ? (value.toJSON() as object) : value
  return Object.fromEntries(Object.entries(record).map(([key, item]) => [key, plain(item)]))
}

/** Every value of some columns, or of all, read past the engine and in the order of the dataset. */
export async function valuesOf(
  location: string,
  columns?: readonly string[],
): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const connection = await lancedb.connect(dirname(location))
  try {
    const table = await connection.openTable(basename(location).replace(/\.lance$/, ''))
    const names = columns ?? (await table.schema()).fields.map(({ name }) => name)
    const found = await table
      .query()
      .select([...names])
      .toArrow()
    return Object.fromEntries(
      names.map((name) => [name, Array.from(found.getChild(name) as Iterable<unknown>, plain)] as const),
    )
  } finally {
    connection.close()
  }
}

/** Types of the columns of a dataset, as Arrow calls them. */
export async function typesOf(location: string): Promise<Readonly<Record<string, string>>> {
  const connection = await lancedb.connect(dirname(location))
  try {
    const table = await connection.openTable(basename(location).replace(/\.lance$/, ''))
    const { fields } = await table.schema()
    return Object.fromEntries(fields.map(({ name, type }) => [name, String(type)]))
  } finally {
    connection.close()
  }
}

/** Bytes of a blob column as hex, row by row; null where there are none. */
export async function blobsOf(location: string, column: string): Promise<readonly (string | null)[]> {
  const connection = await lancedb.connect(dirname(location))
  try {
    const table = await connection.openTable(basename(location).replace(/\.lance$/, ''))
    const rows = await table.query().select(['_rowid']).toArray()
    const ids = rows.map((row: { readonly _rowid: bigint }) => row._rowid)
    const blobs = await table.fetchBlobs(column, ids)
    return blobs.map((bytes) => (bytes === null || bytes === undefined ? null : Buffer.from(bytes).toString('hex')))
  } finally {
    connection.close()
  }
}

import { loadArrow } from './module.ts'
import type { NativeTable, Projected, ReadLimits } from './native-table.ts'
import { HASH_COLUMN, KEY_COLUMN } from './fill-column.ts'
import { quoteIdentifier } from './sql.ts'

/** One row as far as embedding it is concerned. */
export interface TextRow {
  /** Null = the cell is null. */
  readonly text: string | null
  /** Undefined = the row came later than the keys. */
  readonly key: bigint | undefined
  /** Of the text its vector was made of; undefined = not made by this run or one it goes on with. */
  readonly hash: bigint | undefined
  readonly hasVector: boolean
}

/** What to read of each row. */
export interface TextColumns {
  readonly source: Projected
  /** Whose values say whether a row has a vector; undefined = the hash does. */
  readonly vector: string | undefined
}

/** Rows [offset, offset + limit) in storage order, a batch at a time. The columns of keys and hashes must be there. */
export async function* readTexts(
  table: NativeTable,
  { source, vector }: TextColumns,
  window: { readonly offset: number; readonly limit: number },
  limits: ReadLimits,
): AsyncGenerator<readonly TextRow[]> {
  const sql = source.sql ?? quoteIdentifier(source.name)
  const filled = vector === undefined ? HASH_COLUMN : vector
  const select: readonly Projected[] = [
    { name: 'text', sql },
    { name: 'key', sql: quoteIdentifier(KEY_COLUMN) },
    { name: 'hash', sql: quoteIdentifier(HASH_COLUMN) },
    { name: 'filled', sql: `${quoteIdentifier(filled)} is not null` },
  ]
  for await (const file of table.page(select, window, limits)) yield decode(file)
}

function decode(file: Uint8Array): readonly TextRow[] {
  const table = loadArrow().tableFromIPC(file)
  const [texts, keys, hashes, filled] = ['text', 'key', 'hash', 'filled'].map((name) => table.getChild(name))
  return Array.from({ length: table.numRows }, (_, row) => ({
    text: (texts?.get(row) ?? null) as string | null,
    key: (keys?.get(row) ?? undefined) as bigint | undefined,
    hash: (hashes?.get(row) ?? undefined) as bigint | undefined,
    hasVector: filled?.get(row) === true,
  }))
}

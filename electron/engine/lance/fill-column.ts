import { loadArrow, loadLanceDb } from './module.ts'
import type { NativeTableHandle } from './native-api.ts'
import type { NativeWriter, WriteTarget } from './native-writer.ts'
import { toVectorFile, type VectorRows } from './vector-file.ts'

/*
 * Filling one column and leaving the others alone. LanceDB has no call for it. What it has is a merge of some of the
 * columns by a key: with a scalar index on the key that covers at least one fragment it rewrites those columns of the
 * fragments it meets and nothing else, so that rows stay where they are, row ids and the indices of other columns with
 * them. Without such an index it writes whole rows anew. So the rows are given a key of ours for as long as it takes, a
 * random number, since neither `_rowid` nor `_rowaddr` can be merged on or copied into a column.
 */

/** Name of the column of keys, while there is one. */
export const KEY_COLUMN = '_tiltyard_row'
/** Name of the column that remembers of what text each vector was made, while there is one. */
export const HASH_COLUMN = '_tiltyard_text'

const KEY_INDEX = '_tiltyard_row_idx'
/** 62 random bits: `random()` alone has 53. */
const KEY_SQL = 'cast(random() * 2147483648 as bigint) * 2147483648 + cast(random() * 2147483648 as bigint)'
/** What Lance may hold of a merge, as its own text wants it; by default 100 MB. Read when a query begins. */
const MEMORY_VARIABLE = 'LANCE_MEM_POOL_SIZE'

/** A vector column to add. */
export interface NewVectorColumn {
  readonly name: string
  readonly dimension: number
  readonly metadata: Readonly<Record<string, string>>
}

/** Lets merges of so many bytes through, in this process. */
export function allowMerges(bytes: number): void {
  process.env[MEMORY_VARIABLE] ??= String(bytes)
}

/** Adds columns without values: the vector column, if there is to be one, and that of the hashes with what it says. */
export function addFillColumns(
  writer: NativeWriter,
  target: WriteTarget,
  vector: NewVectorColumn | undefined,
  hashMetadata: Readonly<Record<string, string>>,
): Promise<number> {
  const { Field, FixedSizeList, Float32, Int64, Schema, Table, tableToIPC } = loadArrow()
  const fields = [new Field(HASH_COLUMN, new Int64(), true, new Map(Object.entries(hashMetadata)))]
  const added =
    vector === undefined
      ? fields
      : [
          new Field(
            vector.name,
            new FixedSizeList(vector.dimension, new Field('item', new Float32(), true)),
            true,
            new Map(Object.entries(vector.metadata)),
          ),
          ...fields,
        ]
  const file = Buffer.from(tableToIPC(new Table(new Schema(added)), 'file'))
  return writer.onMain(target, async (main) => (await main.addColumnsWithSchema(file)).version)
}

/** Gives every row a key. */
export function addKeys(writer: NativeWriter, target: WriteTarget): Promise<number> {
  return writer.onMain(
    target,
    async (main) => (await main.addColumns([{ name: KEY_COLUMN, valueSql: KEY_SQL }])).version,
  )
}

/** Takes columns out of main, and their indices with them. */
export function dropColumns(writer: NativeWriter, target: WriteTarget, columns: readonly string[]): Promise<number> {
  return writer.onMain(target, async (main) => (await main.dropColumns([...columns])).version)
}

/** Renames columns in one commit; a name one of them gives up may be taken by another. */
export function renameColumns(
  writer: NativeWriter,
  target: WriteTarget,
  renames: readonly { readonly from: string; readonly to: string }[],
): Promise<number> {
  return writer.onMain(target, async (main) => {
    const { version } = await main.alterColumns(renames.map(({ from, to }) => ({ path: from, rename: to })))
    return version
  })
}

export interface Merged {
  readonly rows: number
  /** Newest version before, and the one it made. */
  readonly from: number
  readonly version: number
  /** False when another program committed in between, so that some of the rows may have changed. */
  readonly isAlone: boolean
}

/** Of the index and of the merge. */
const COMMITS = 2

/**
 * Puts vectors, and the hashes of their texts, into the rows of these keys; rows that are gone are passed over. The index
 * on the keys is built anew first, since a merge takes the fragments it rewrote out of it.
 */
export function mergeVectors(writer: NativeWriter, target: WriteTarget, rows: VectorRows): Promise<Merged> {
  return writer.onMain(target, async (main) => {
    const from = await main.version()
    await indexKeys(main)
    const merge = main.mergeInsert([KEY_COLUMN]).whenMatchedUpdateAll().useIndex(true)
    const { numUpdatedRows, version } = await merge.execute(toVectorFile(rows, KEY_COLUMN, HASH_COLUMN))
    return { rows: numUpdatedRows, from, version, isAlone: version === from + COMMITS }
  })
}

async function indexKeys(main: NativeTableHandle): Promise<void> {
  const { inner } = loadLanceDb().Index.btree() as unknown as { readonly inner: object }
  const job = await main.createIndexAsync(inner, KEY_COLUMN, true, null, KEY_INDEX)
  await job.wait()
}

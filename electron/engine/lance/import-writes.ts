import type { NativeWriter, WriteTarget } from './native-writer.ts'

/** Adds the rows of an Arrow IPC file to main as one commit. `overwrite` puts them, and their schema, in place of all. */
export function addRows(
  writer: NativeWriter,
  target: WriteTarget,
  file: Buffer,
  mode: 'append' | 'overwrite',
): Promise<{ readonly version: number }> {
  return writer.onMain(target, async (main) => ({ version: (await main.add(file, mode)).version }))
}

export interface MergedRows {
  readonly version: number
  readonly inserted: number
  readonly updated: number
  readonly deleted: number
}

/**
 * Puts rows in place of those of the same key and adds the others, as one commit. No two rows of the file may have the
 * same key, and its types must be those of the dataset. `replaces`: rows that match this filter and no row of the file
 * are deleted in the same commit.
 */
export function mergeRows(
  writer: NativeWriter,
  target: WriteTarget,
  file: Buffer,
  key: readonly string[],
  replaces?: string,
): Promise<MergedRows> {
  return writer.onMain(target, async (main) => {
    const merge = main
      .mergeInsert([...key])
      .whenMatchedUpdateAll()
      .whenNotMatchedInsertAll()
    const full = replaces === undefined ? merge : merge.whenNotMatchedBySourceDelete(replaces)
    const { version, numInsertedRows, numUpdatedRows, numDeletedRows } = await full.execute(file)
    return { version, inserted: numInsertedRows, updated: numUpdatedRows, deleted: numDeletedRows }
  })
}

/** The schema of main at its newest version, as an Arrow IPC file without rows. */
export function readSchemaFile(writer: NativeWriter, target: WriteTarget): Promise<Buffer> {
  return writer.onMain(target, (main) => main.schema())
}

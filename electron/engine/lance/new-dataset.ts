import { toAppError } from './errors.ts'
import { readRowCount } from './ipc-file.ts'
import { loadLanceDb } from './module.ts'
import type { NativeConnection, NativeTableHandle } from './native-api.ts'
import type { NativeTable } from './native-table.ts'
import { createUncachedSession } from './scratch.ts'

/** File formats LanceDB 0.39 writes; it takes any text and says nothing about what it does not know. */
export const FORMAT_VERSIONS = ['2.0', '2.1', '2.2', '2.3'] as const

export interface NewDatasetOptions {
  readonly formatVersion: (typeof FORMAT_VERSIONS)[number]
  readonly stableRowIds: boolean
}

/** A dataset being written: each file added is a commit, with a fragment of its own up to about a million rows. */
export interface NewDataset {
  add(file: Buffer): Promise<void>
  close(): void
}

export interface NewDatasetPlace {
  readonly folder: string
  readonly name: string
  readonly dataDir: string
}

/** Makes an empty dataset `<name>.lance` in a folder, with the schema of another, metadata included. */
export async function createLike(
  source: NativeTable,
  place: NewDatasetPlace,
  options: NewDatasetOptions,
  timeoutMs: number,
): Promise<NewDataset> {
  const schema = await source.run('read', timeoutMs, (handle) => handle.schema())
  return createEmpty(schema, place, options)
}

const sessions = new Map<string, ReturnType<typeof createUncachedSession>>()

/** One for all: every session has a folder of its own. */
function sessionFor(dataDir: string): ReturnType<typeof createUncachedSession> {
  const known = sessions.get(dataDir) ?? createUncachedSession(dataDir)
  sessions.set(dataDir, known)
  return known
}

const DEFAULTS: NewDatasetOptions = { formatVersion: '2.2', stableRowIds: false }

/** Makes an empty dataset `<name>.lance` in a folder, with the schema of an Arrow IPC file: its version 1. */
export async function createEmpty(
  schema: Buffer,
  place: NewDatasetPlace,
  { formatVersion, stableRowIds }: NewDatasetOptions = DEFAULTS,
): Promise<NewDataset> {
  try {
    const session = sessionFor(place.dataDir)
    const connection = await loadLanceDb().connect(place.folder, { session })
    // `inner` is a plain property hidden from the public types; see native-api.ts.
    const { inner } = connection as unknown as { readonly inner: NativeConnection }
    const table: NativeTableHandle = await inner.createEmptyTable(place.name, schema, 'create', null, {
      new_table_data_storage_version: formatVersion,
      ...(stableRowIds ? { new_table_enable_stable_row_ids: 'true' } : {}),
    })
    return {
      add: async (file) => {
        try {
          await table.add(file, 'append')
        } catch (error) {
          throw toAppError(error, 'write')
        }
      },
      close: () => {
        table.close()
        connection.close()
      },
    }
  } catch (error) {
    throw toAppError(error, 'write')
  }
}

/** Rows [offset, offset + limit) of a table in storage order as Lance has them: every column, no row id. */
export async function* readWhole(
  source: NativeTable,
  { offset, limit }: { readonly offset: number; readonly limit: number },
  { batchRows, timeoutMs }: { readonly batchRows: number; readonly timeoutMs: number },
): AsyncGenerator<{ readonly bytes: Buffer; readonly rows: number }> {
  const batches = await source.run('read', timeoutMs, (handle) => {
    const query = handle.query()
    query.offset(offset)
    query.limit(limit)
    return query.execute(batchRows, timeoutMs)
  })
  for (;;) {
    const file = await source.run('read', timeoutMs, () => batches.next())
    if (file === null) return
    yield { bytes: file, rows: readRowCount(file) }
  }
}

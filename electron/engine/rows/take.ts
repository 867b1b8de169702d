import type { SchemaField } from '#shared/model/schema.ts'
import { readTrailingUint64 } from '../lance/index.ts'
import { batchRowsFor } from './batch-rows.ts'
import { nameFailingColumns } from './failing-columns.ts'
import { collectPage, type CollectedPage } from './previews.ts'
import { READ_TIMEOUT_MS, toSelection, type View } from './view.ts'

/** Rows as Lance answers a take: each once, in its own order, without those that do not exist. */
export interface TakenRows extends CollectedPage {
  /** Row ids of the batches' rows. */
  readonly answered: readonly bigint[]
}

export type Read = (fields: readonly SchemaField[]) => AsyncIterable<Uint8Array>

/** Takes rows by id, long values cut where the page grows large. */
export async function takeFields(
  view: View,
  fields: readonly SchemaField[],
  ids: readonly bigint[],
  signal: AbortSignal,
): Promise<TakenRows> {
  const limits = { timeoutMs: READ_TIMEOUT_MS, batchRows: batchRowsFor(view.manifest, fields, ids.length), signal }
  const page = await collectFields(fields, (wanted) => view.table.take(ids, toSelection(view.manifest, wanted), limits))
  return { ...page, answered: page.arrow.flatMap((file) => [...readTrailingUint64(file)]) }
}

/** Gathers a page; a failure names the columns that fail when not all of them do. */
export async function collectFields(fields: readonly SchemaField[], read: Read): Promise<CollectedPage> {
  try {
    return await collectPage(read(fields))
  } catch (error) {
    throw await nameFailingColumns(error, fields, async (field) => {
      for await (const _batch of read([field])) continue
    })
  }
}

import type { MetadataTree } from '#shared/model/metadata.ts'
import type { VersionDetails } from '#shared/model/version-details.ts'
import { openContainer } from '../format/container.ts'
import { joinPath } from '../format/names.ts'
import { decodeTransaction, readTransaction, type Transaction } from '../format/transaction.ts'
import { describeTransactionTree } from '../format/tree/transaction-tree.ts'
import type { ObjectStore } from '../store/object-store.ts'

/** The record of one commit, whole. */
export interface TransactionRecord {
  readonly transaction: Transaction
  readonly source: NonNullable<VersionDetails['transaction']>['source']
  readonly tree: MetadataTree
}

const MAX_TRANSACTION_BYTES = 64 * 1024 * 1024

/**
 * Reads the record of the commit that made a version: from the manifest itself (Manifest.transaction_section, field 21), else
 * from its file (field 12) below `_transactions/`. Null when there is none or it cannot be read.
 */
export async function readTransactionRecord(
  store: ObjectStore,
  path: string,
  manifest: Uint8Array,
): Promise<TransactionRecord | null> {
  try {
    const { section, file } = findRecord(manifest)
    if (section !== undefined) {
      const { section: open } = openContainer(manifest)
      return {
        transaction: readTransaction(open(section)),
        source: 'manifest',
        tree: describeTransactionTree(open(section)),
      }
    }
    if (file === '') return null
    const folder = path.split('/').slice(0, -2).join('/')
    const bytes = await store.read(joinPath(folder, '_transactions', file), MAX_TRANSACTION_BYTES)
    return { transaction: decodeTransaction(bytes), source: 'file', tree: describeTransactionTree(bytes) }
  } catch {
    // The file goes with a cleanup of its version; what cannot be read is as good as gone.
    return null
  }
}

function findRecord(manifest: Uint8Array): { readonly section: number | undefined; readonly file: string } {
  const message = openContainer(manifest).manifest()
  let section: number | undefined
  let file = ''
  while (message.next()) {
    if (message.field === 21) section = message.uint()
    else if (message.field === 12) file = message.text()
    else message.skip()
  }
  return { section, file }
}

import type { MetadataTree } from '#shared/model/metadata.ts'
import { openContainer } from '../container.ts'
import type { WireReader } from '../wire.ts'
import { describeMessage } from './decode.ts'

/*
 * For showing a commit: `describeTransactionTree` takes a `.txn` file or a reader over a Transaction message,
 * `describeInlineTransaction` a whole manifest file, `describeManifestTree` gives all of a manifest file.
 */

/** A Transaction message (a `.txn` file is one, without a frame) as a tree. Throws `corrupt-manifest`. */
export function describeTransactionTree(source: Uint8Array | WireReader): MetadataTree {
  return describeMessage('Transaction', source)
}

/** The transaction inside a manifest file as a tree; null when the manifest holds none. Throws `corrupt-manifest`. */
export function describeInlineTransaction(manifestFile: Uint8Array): MetadataTree | null {
  const container = openContainer(manifestFile)
  const { transaction } = findSections(container.manifest())
  return transaction === undefined ? null : describeTransactionTree(container.section(transaction))
}

/** A manifest file with its sections as a tree. Throws `corrupt-manifest`. */
export function describeManifestTree(manifestFile: Uint8Array): MetadataTree {
  const container = openContainer(manifestFile)
  const { index, transaction } = findSections(container.manifest())
  return {
    manifest: describeMessage('Manifest', container.manifest()),
    ...(index === undefined ? {} : { index_section: describeMessage('IndexSection', container.section(index)) }),
    ...(transaction === undefined ? {} : { transaction: describeTransactionTree(container.section(transaction)) }),
  }
}

/** Manifest {6 index_section, 21 transaction_section}: byte offsets in the file. */
function findSections(message: WireReader): { readonly index?: number; readonly transaction?: number } {
  let sections: { readonly index?: number; readonly transaction?: number } = {}
  while (message.next()) {
    if (message.field === 6) sections = { ...sections, index: message.uint() }
    else if (message.field === 21) sections = { ...sections, transaction: message.uint() }
    else message.skip()
  }
  return sections
}

import { openContainer } from './container.ts'
import { readFragment } from './fragment.ts'
import type { ManifestFragment } from './types.ts'
import { WireReader } from './wire.ts'

/** Fragments that were rewritten together: the live rows of the old ones, in order, are the rows of the new ones. */
export interface RewriteGroup {
  readonly old: readonly ManifestFragment[]
  readonly new: readonly ManifestFragment[]
}

/** The groups of a compaction by its manifest file, when that holds its transaction (field 21); undefined otherwise. */
export function readRewriteGroups(manifest: Uint8Array): readonly RewriteGroup[] | undefined {
  const container = openContainer(manifest)
  const message = container.manifest()
  let section: number | undefined
  while (message.next()) {
    if (message.field === 21) section = message.uint()
    else message.skip()
  }
  return section === undefined ? undefined : readGroups(container.section(section))
}

/** The groups of a compaction by its `.txn` file. */
export function decodeRewriteGroups(file: Uint8Array): readonly RewriteGroup[] {
  return readGroups(new WireReader(file))
}

/** Transaction {104 rewrite {3 groups {1 old_fragments, 2 new_fragments}}}. */
function readGroups(transaction: WireReader): readonly RewriteGroup[] {
  const groups: RewriteGroup[] = []
  while (transaction.next()) {
    if (transaction.field !== 104) {
      transaction.skip()
      continue
    }
    const rewrite = transaction.message()
    while (rewrite.next()) {
      if (rewrite.field === 3) groups.push(readGroup(rewrite.message()))
      else rewrite.skip()
    }
  }
  return groups
}

function readGroup(group: WireReader): RewriteGroup {
  const old: ManifestFragment[] = []
  const fresh: ManifestFragment[] = []
  while (group.next()) {
    if (group.field === 1) old.push(readFragment(group.message()))
    else if (group.field === 2) fresh.push(readFragment(group.message()))
    else group.skip()
  }
  return { old, new: fresh }
}

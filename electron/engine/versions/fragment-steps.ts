import type { VersionDetails } from '#shared/model/version-details.ts'
import { deletionFileName } from '../format/names.ts'
import type { Manifest, ManifestFragment } from '../format/types.ts'

type FragmentSteps = NonNullable<VersionDetails['fragments']>

/** Ids of the fragments that came and went, and of those whose data or deletion files are others now. */
export function diffFragments(before: Manifest, after: Manifest): FragmentSteps {
  const old = new Map(before.fragments.map((fragment) => [fragment.id, fragment]))
  const now = new Set(after.fragments.map(({ id }) => id))
  const added: number[] = []
  const changed: number[] = []
  for (const fragment of after.fragments) {
    const former = old.get(fragment.id)
    if (former === undefined) added.push(fragment.id)
    else if (filesOf(former) !== filesOf(fragment)) changed.push(fragment.id)
  }
  return { added, removed: before.fragments.map(({ id }) => id).filter((id) => !now.has(id)), changed }
}

/** Names of data files and deletion files never repeat, so they tell the content. */
function filesOf(fragment: ManifestFragment): string {
  const files = fragment.files.map(({ path, fields }) => `${path}:${fields.join(',')}`)
  const deletion = fragment.deletion === undefined ? '' : deletionFileName(fragment.id, fragment.deletion)
  return [...files, deletion].join('\n')
}

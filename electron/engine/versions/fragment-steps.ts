import type { VersionDetails } from '#shared/model/version-details.ts'
import type { Manifest, ManifestDataFile, ManifestFragment } from '../format/types.ts'

/** Fragments that are not the same in two versions; all others use the same files in both. */
export interface FragmentDiff {
  readonly added: readonly ManifestFragment[]
  readonly removed: readonly ManifestFragment[]
  /** Same id, but other data or deletion files. */
  readonly changed: readonly { readonly before: ManifestFragment; readonly after: ManifestFragment }[]
}

/** Fragments by id; those whose files are the same are in no list. */
export function diffFragments(before: Manifest, after: Manifest): FragmentDiff {
  const old = new Map(before.fragments.map((fragment) => [fragment.id, fragment]))
  const added: ManifestFragment[] = []
  const changed: { before: ManifestFragment; after: ManifestFragment }[] = []
  for (const fragment of after.fragments) {
    const former = old.get(fragment.id)
    old.delete(fragment.id)
    if (former === undefined) added.push(fragment)
    else if (!hasSameFiles(former, fragment)) changed.push({ before: former, after: fragment })
  }
  return { added, removed: [...old.values()], changed }
}

/** Ids of the fragments that came, went, and changed. */
export function toFragmentSteps({ added, removed, changed }: FragmentDiff): NonNullable<VersionDetails['fragments']> {
  const ids = (fragments: readonly ManifestFragment[]): readonly number[] => fragments.map(({ id }) => id)
  return { added: ids(added), removed: ids(removed), changed: ids(changed.map((it) => it.after)) }
}

/** Names of data files and deletion files never repeat, so they tell the content. */
function hasSameFiles(a: ManifestFragment, b: ManifestFragment): boolean {
  if (a.deletion?.id !== b.deletion?.id || a.deletion?.readVersion !== b.deletion?.readVersion) return false
  return a.files.length === b.files.length && a.files.every((file, index) => isSameFile(file, b.files[index]))
}

/** A dropped column may leave a file with fewer live fields under the same name. */
function isSameFile(a: ManifestDataFile, b: ManifestDataFile | undefined): boolean {
  return (
    a.path === b?.path &&
    a.fields.length === b.fields.length &&
    a.fields.every((field, index) => field === b.fields[index])
  )
}

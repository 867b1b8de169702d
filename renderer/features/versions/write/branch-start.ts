import type { Refs } from '#renderer/features/history/index.ts'
import type { Ref } from '#shared/model/ref.ts'
import type { BranchStart } from '../snippet/write-code.ts'

/** Where a new branch may begin: a version of the branch on screen, a tag, or the newest version of a branch. */
export interface StartOption {
  readonly value: string
  readonly label: string
}

export const VERSION_START = 'version'

/** The choices for where to begin. `branch` is the one whose versions count; undefined = main. */
export function startOptions(refs: Refs | undefined, branch: string | undefined): readonly StartOption[] {
  return [
    { value: VERSION_START, label: `A version of ${branch ?? 'main'}` },
    { value: 'branch:', label: 'Newest version of main' },
    ...(refs?.branches ?? [])
      .filter((one) => one.problem === undefined)
      .map((one) => ({ value: `branch:${one.name}`, label: `Newest version of ${one.name}` })),
    ...(refs?.tags ?? [])
      .filter((one) => one.problem === undefined)
      .map((one) => ({ value: `tag:${one.name}`, label: `Tag ${one.name}, version ${one.version}` })),
  ]
}

/** The choice a ref stands for. */
export function startValue(from: Ref): string {
  if ('tag' in from) return `tag:${from.tag}`
  return 'branch' in from && from.version === undefined ? `branch:${from.branch}` : VERSION_START
}

/** The ref a choice stands for; null while the version is not known. Absent ref = newest of main. */
export function startRef(
  value: string,
  version: number | undefined,
  branch: string | undefined,
): { readonly ref?: Ref } | null {
  if (value === 'branch:') return {}
  if (value.startsWith('branch:')) return { ref: { branch: value.slice('branch:'.length) } }
  if (value.startsWith('tag:')) return { ref: { tag: value.slice('tag:'.length) } }
  if (version === undefined) return null
  return { ref: branch === undefined ? { version } : { branch, version } }
}

/** The start as code needs it: a tag becomes its version. Null when the tag is not known. */
export function startAsCode(ref: Ref | undefined, refs: Refs | undefined): BranchStart | null {
  if (ref === undefined) return {}
  if (!('tag' in ref)) {
    const { version } = ref
    return {
      ...('branch' in ref ? { branch: ref.branch } : {}),
      ...(version === undefined ? {} : { version }),
    }
  }
  const tag = refs?.tags.find((one) => one.name === ref.tag)
  if (tag === undefined) return null
  return { version: tag.version, ...(tag.branch === undefined ? {} : { branch: tag.branch }) }
}

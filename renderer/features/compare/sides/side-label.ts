import type { ComparedState } from '#shared/model/compare.ts'
import type { Ref } from '#shared/model/ref.ts'

/** A state as a button names it: `v12`, `tag release`, `branch dev`, `branch dev v3`. */
export function refLabel(at: Ref): string {
  if ('tag' in at) return `tag ${at.tag}`
  if ('branch' in at) return at.version === undefined ? `branch ${at.branch}` : `branch ${at.branch} v${at.version}`
  return `v${at.version}`
}

/** The state a ref led to: `v12`, `dev v3`, with the dataset's name where the two sides differ in it. */
export function stateLabel(state: ComparedState, withName: boolean): string {
  const version = state.branch === undefined ? `v${state.version}` : `${state.branch} v${state.version}`
  return withName ? `${state.name} ${version}` : version
}

/** True when both name the very same version. */
export function isSameState(a: ComparedState, b: ComparedState): boolean {
  return a.location === b.location && a.branch === b.branch && a.version === b.version
}

/** The state as a fixed ref: a tag may move and a branch may grow while its rows are on screen. */
export function fixedRef({ branch, version }: ComparedState): Ref {
  return branch === undefined ? { version } : { branch, version }
}

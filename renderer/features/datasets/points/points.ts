import type { Checkpoint, CheckpointMember, CheckpointOutcome } from '#shared/model/checkpoint.ts'
import { formatNoun } from '#shared/model/format.ts'

/** What is in front in the dialog of a folder’s restore points. */
export type PointsPage =
  | { readonly kind: 'list' | 'create' }
  | { readonly kind: 'restore' | 'delete'; readonly point: Checkpoint }
  | {
      readonly kind: 'outcomes'
      readonly verb: 'tagged' | 'restored' | 'released'
      readonly name: string
      readonly outcomes: readonly CheckpointOutcome[]
    }

/** True while the member's version is there to be committed anew. */
export function isRestorable({ state }: CheckpointMember): boolean {
  return state === 'kept' || state === 'untagged'
}

/** State of a member in words. */
export const STATE_WORDS: Readonly<Record<CheckpointMember['state'], string>> = {
  kept: 'kept',
  untagged: 'untagged: a cleanup may take it',
  gone: 'gone: the version was removed',
  missing: 'missing: the dataset does not open',
}

/** What restoring does to a member, such as `v9 → v4`. */
export function restoreText({ version, newest, state }: CheckpointMember): string {
  const was = version === 0 ? 'its version' : `v${version}`
  if (state === 'gone' || state === 'missing') return `${was} cannot be brought back`
  if (newest === undefined) return was
  return newest === version ? `stays at ${was}` : `v${newest} → ${was}`
}

/** The paths to send: undefined for a whole restore point, of which all is restored or nothing. */
export function pathsToSend(members: readonly CheckpointMember[], chosen: ReadonlySet<string>): string[] | undefined {
  return members.every(({ path }) => chosen.has(path))
    ? undefined
    : members.map(({ path }) => path).filter((path) => chosen.has(path))
}

/** How much of a restore point is left, such as `2 of 3 datasets kept`. */
export function wholeText({ members }: Checkpoint): string {
  const kept = members.filter(({ state }) => state === 'kept').length
  return kept === members.length
    ? formatNoun(kept, 'dataset')
    : `${kept} of ${formatNoun(members.length, 'dataset')} kept`
}

/** What came of it, such as `2 datasets tagged, 1 failed`. */
export function outcomeText(outcomes: readonly CheckpointOutcome[], verb: string): string {
  const failed = outcomes.filter(({ error }) => error !== undefined).length
  const done = `${formatNoun(outcomes.length - failed, 'dataset')} ${verb}`
  return failed === 0 ? `${done}.` : `${done}, ${failed} failed.`
}

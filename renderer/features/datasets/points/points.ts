import type { Checkpoint, CheckpointMember, CheckpointOutcome, MemberState } from '#shared/model/checkpoint.ts'
import { formatCount, formatNoun } from '#shared/model/format.ts'

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
export function isRestorable({ state: { kind } }: CheckpointMember): boolean {
  return kind === 'kept' || kind === 'untagged'
}

/** State of a member in words. */
export const STATE_WORDS: Readonly<Record<MemberState['kind'], string>> = {
  kept: 'kept',
  untagged: 'untagged: a cleanup may take it',
  'version-gone': 'gone: the version was removed',
  'dataset-gone': 'gone: no dataset is there any more',
  unreadable: 'the dataset does not open',
  'not-recorded': 'not recorded: it did not open then',
}

/** Why nothing is known of a member, where there is a reason to tell. */
export function reasonText({ state }: CheckpointMember): string | undefined {
  return 'reason' in state ? state.reason.message : undefined
}

/** The version held, and the newest now where it is known, such as `v4, newest v9`. */
export function versionText({ state }: CheckpointMember): string {
  if (state.kind === 'not-recorded') return 'none'
  const was = `v${formatCount(state.version)}`
  return 'newest' in state ? `${was}, newest v${formatCount(state.newest)}` : was
}

/** What restoring does to a member, such as `v9 → v4`. */
export function restoreText({ state }: CheckpointMember): string {
  switch (state.kind) {
    case 'kept':
    case 'untagged': {
      const was = `v${formatCount(state.version)}`
      return state.newest === state.version ? `stays at ${was}` : `v${formatCount(state.newest)} → ${was}`
    }
    case 'version-gone':
    case 'dataset-gone':
    case 'unreadable':
      return `v${formatCount(state.version)} cannot be brought back`
    case 'not-recorded':
      return 'nothing to bring back'
  }
}

/** The paths to send: undefined for a whole restore point, of which all is restored or nothing. */
export function pathsToSend(members: readonly CheckpointMember[], chosen: ReadonlySet<string>): string[] | undefined {
  return members.every(({ path }) => chosen.has(path))
    ? undefined
    : members.map(({ path }) => path).filter((path) => chosen.has(path))
}

/** How much of a restore point is left, such as `2 of 3 datasets kept`. */
export function wholeText({ members }: Checkpoint): string {
  const kept = members.filter(({ state }) => state.kind === 'kept').length
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

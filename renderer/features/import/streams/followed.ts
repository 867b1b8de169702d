import type { ErrorCode, ErrorValue } from '#shared/errors.ts'
import type { RefusedRecord, StreamEvent, StreamInfo } from '#shared/model/import/stream.ts'
import type { StreamInput } from './follow-draft.ts'

/** A stream this window opened. */
export interface FollowedStream {
  readonly key: number
  readonly input: StreamInput
  readonly state: 'opening' | 'open' | 'closing' | 'closed' | 'failed'
  /** Absent until it is open. */
  readonly info?: StreamInfo
  readonly lastCommit?: { readonly rows: number; readonly version: number; readonly at: string }
  /** The newest of those refused, newest first. */
  readonly refused: readonly RefusedRecord[]
  readonly error?: ErrorValue
}

/** More refused records than these are counted, and in the reject file where one is kept. */
export const MOST_REFUSED = 100

/** The stream after something it told. `at` is now, RFC 3339. */
export function withEvent(stream: FollowedStream, event: StreamEvent, at: string): FollowedStream {
  const next = { ...stream, info: event.stream }
  switch (event.kind) {
    case 'opened':
      return { ...next, state: stream.state === 'opening' ? 'open' : stream.state }
    case 'counts':
      return next
    case 'flushed':
      return { ...next, lastCommit: { rows: event.rows, version: event.version, at } }
    case 'refused':
      return { ...next, refused: [...event.records.toReversed(), ...stream.refused].slice(0, MOST_REFUSED) }
    case 'closed':
      return { ...next, state: 'closed' }
  }
}

export function isLive({ state }: FollowedStream): boolean {
  return state === 'opening' || state === 'open' || state === 'closing'
}

/** The place its records go to: as the engine resolved it, once it has. */
export function locationOf({ info, input }: FollowedStream): string {
  return info?.location ?? input.location
}

/** Streams of the engine that are none of this window's, into one dataset or into any. */
export function othersOf(
  open: readonly StreamInfo[],
  mine: readonly FollowedStream[],
  location?: string,
): readonly StreamInfo[] {
  const known = new Set(mine.map(({ info }) => info?.id))
  return open.filter((info) => !known.has(info.id) && (location === undefined || info.location === location))
}

/** A way on after a stream ended or failed. */
export interface WayOn {
  readonly label: string
  readonly from: 'resume' | 'start' | 'end'
  /** Absent = as before. */
  readonly mismatch?: 'refuse'
}

const GO_ON: WayOn = { label: 'Go on', from: 'resume' }
const FROM_START: WayOn = { label: 'Read it from its start', from: 'start' }
const FROM_END: WayOn = { label: 'Go on from its end', from: 'end' }

/**
 * Ways on from where a stream stands. Without a failure, and after most, it goes on behind its last commit, which repeats
 * nothing; after some that would only fail again.
 */
export function waysOn(code: ErrorCode | undefined): readonly WayOn[] {
  switch (code) {
    // The file became shorter, or another one has taken its place.
    case 'unreadable-source':
      return [FROM_START, FROM_END]
    // What was committed cannot be told, so going on could repeat it.
    case 'commit-conflict':
      return [FROM_END]
    case 'schema-mismatch':
      return [
        { label: 'Go on, refusing what does not fit', from: 'resume', mismatch: 'refuse' },
        { label: 'Try again from there', from: 'resume' },
      ]
    case 'read-only':
    case 'invalid-input':
    case 'invalid-name':
    case 'outside-root':
    case 'not-a-dataset':
    case 'unsupported-format':
      return []
    default:
      return [GO_ON]
  }
}

/** The input of a stream gone on with. What it made is there now. */
export function goOnInput({ input, info }: FollowedStream, way: WayOn): StreamInput {
  const { file } = input
  return {
    ...input,
    location: info?.location ?? input.location,
    ...(file === undefined ? {} : { file: { ...file, from: way.from } }),
    ...(way.mismatch === undefined ? {} : { mismatch: way.mismatch }),
  }
}

/** How a stream stands, in a few words. */
export function stateText({ state, input, info }: FollowedStream): string {
  switch (state) {
    case 'opening':
      return 'Opening'
    case 'open':
      return input.file?.follow === true ? 'Following' : 'Reading'
    case 'closing':
      return 'Stopping'
    case 'closed':
      return 'Ended'
    case 'failed':
      return info === undefined ? 'Not opened' : 'Failed'
  }
}

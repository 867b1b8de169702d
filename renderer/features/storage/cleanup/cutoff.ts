import type { VersionStorage } from '#shared/model/storage.ts'
import { parseTime } from '#shared/model/time.ts'

/** One version on the slider. */
export interface SliderVersion {
  readonly version: number
  /** Milliseconds since 1970; what LanceDB compares, to its precision. */
  readonly ms: number
}

const DAY_MS = 86_400_000
const MARGIN_MS = 1000
/** What LanceDB's own `optimize` takes when nothing is said. */
export const DEFAULT_AGE_MS = 7 * DAY_MS
/** Steps of the slider by time. */
export const TIME_STEPS = 1000

/** Versions of one branch that have a time, oldest first. */
export function sliderVersions(
  versions: readonly VersionStorage[],
  branch: string | undefined,
): readonly SliderVersion[] {
  return versions
    .filter((entry) => entry.branch === branch)
    .flatMap(({ version, timestamp }) => {
      const ms = parseTime(timestamp)
      return ms === undefined ? [] : [{ version, ms }]
    })
    .toSorted((a, b) => a.version - b.version)
}

/** The 7 days of LanceDB where they would remove something, else everything but the newest version. */
export function firstCutoff(versions: readonly SliderVersion[], nowMs: number): number {
  const byAge = nowMs - DEFAULT_AGE_MS
  const oldest = versions[0]
  if (oldest === undefined || oldest.ms < byAge) return byAge
  return cutoffAt(versions, versions.length - 1) ?? byAge
}

/** 0-based place of the oldest version kept; the newest is always kept. */
export function positionOf(versions: readonly SliderVersion[], cutoffMs: number): number {
  const first = versions.findIndex(({ ms }) => ms >= cutoffMs)
  return first === -1 ? Math.max(0, versions.length - 1) : first
}

/**
 * The cut-off that keeps a version and everything newer. It lies as far before that version as the version before it
 * allows, a second at most: LanceDB counts ages back from the moment it gets to it, and a cut-off that moved on by a
 * little must not take the version that was to be kept.
 */
export function cutoffAt(versions: readonly SliderVersion[], position: number): number | undefined {
  const kept = versions[position]
  if (kept === undefined) return undefined
  const before = versions[position - 1]
  const room = before === undefined ? MARGIN_MS : Math.max(0, Math.floor((kept.ms - before.ms) / 2))
  return kept.ms - Math.min(MARGIN_MS, room)
}

/** {@link cutoffAt} by the version's number. */
export function cutoffOf(versions: readonly SliderVersion[], version: number): number | undefined {
  return cutoffAt(
    versions,
    versions.findIndex((candidate) => candidate.version === version),
  )
}

/** 0 to {@link TIME_STEPS}; 0 keeps the oldest version, the last step only what is as new as the newest. */
export function timeStepOf(versions: readonly SliderVersion[], cutoffMs: number): number {
  const { from, span } = spanOf(versions)
  if (span === 0) return TIME_STEPS
  return Math.min(TIME_STEPS, Math.max(0, Math.round(((cutoffMs - from) / span) * TIME_STEPS)))
}

/** Whole milliseconds; the ends are exactly the oldest and the newest version. */
export function cutoffAtStep(versions: readonly SliderVersion[], step: number): number {
  const { from, span } = spanOf(versions)
  return Math.round(from + (span * step) / TIME_STEPS)
}

function spanOf(versions: readonly SliderVersion[]): { readonly from: number; readonly span: number } {
  const times = versions.map(({ ms }) => ms)
  const from = times.reduce((least, ms) => Math.min(least, ms), Infinity)
  const to = times.reduce((most, ms) => Math.max(most, ms), -Infinity)
  return Number.isFinite(from) ? { from, span: to - from } : { from: 0, span: 0 }
}

/** `Keep version 8 and newer: 3 of 10 versions stay`; what the slider says to screen readers, too. */
export function keptSentence(versions: readonly SliderVersion[], cutoffMs: number): string {
  const position = positionOf(versions, cutoffMs)
  const first = versions[position]
  if (first === undefined) return 'There are no versions.'
  if (position === 0) return 'Keep every version'
  if (position === versions.length - 1) return `Keep only version ${first.version}, the newest`
  return `Keep version ${first.version} and newer`
}

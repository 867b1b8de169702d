import { formatBytes, formatCount, formatDuration, formatNoun } from '#shared/model/format.ts'
import type { JobInfo, JobProgress, JobState } from '#shared/model/job.ts'

/** A job as last told, with the time it was told at, so that its clock goes on in between. */
export interface KnownJob extends JobInfo {
  /** Local time in ms since 1970. */
  readonly heardAtMs: number
}

export function isEnded({ state }: Pick<JobInfo, 'state'>): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled'
}

/** Running ones first, then waiting ones, then those that ended, newest first. */
export function orderJobs(jobs: readonly KnownJob[]): readonly KnownJob[] {
  const place = (job: KnownJob): number => (job.state === 'running' ? 0 : job.state === 'queued' ? 1 : 2)
  return jobs.toSorted((a, b) => place(a) - place(b) || b.queuedAt.localeCompare(a.queuedAt))
}

/** Running time in ms, counted on from what was last told. */
export function elapsedMs(job: KnownJob, nowMs: number): number {
  return job.state === 'running' ? job.elapsedMs + Math.max(0, nowMs - job.heardAtMs) : job.elapsedMs
}

/** `2 jobs · Build IVF_PQ on vector`; null when there is nothing to tell. */
export function chipText(jobs: readonly KnownJob[]): string | null {
  const active = orderJobs(jobs).filter((job) => !isEnded(job))
  const [first] = active
  if (first !== undefined) return `${formatNoun(active.length, 'job')} · ${first.title}`
  if (jobs.length === 0) return null
  const failed = jobs.filter(({ state }) => state === 'failed').length
  return failed === 0 ? `${formatNoun(jobs.length, 'job')} ended` : `${formatNoun(failed, 'job')} failed`
}

/** 0 to 1, only where the end is known. */
export function progressShare(progress: JobProgress | undefined): number | undefined {
  if (progress === undefined || progress.total === null || progress.total <= 0) return undefined
  return Math.min(1, progress.done / progress.total)
}

/** `Measuring · 12 of 600 queries`, `3.1 MB so far`; only what was measured. */
export function progressText(progress: JobProgress | undefined): string {
  if (progress === undefined) return ''
  const { done, total, unit, note } = progress
  const figure = unit === 'bytes' ? formatBytes : formatCount
  const name = unit === 'bytes' ? '' : ` ${unit}`
  const counted =
    total === null ? (done === 0 ? '' : `${figure(done)}${name} so far`) : `${figure(done)} of ${figure(total)}${name}`
  return [note, counted].filter((part) => part !== undefined && part !== '').join(' · ')
}

const STATES: Readonly<Record<JobState, string>> = {
  queued: 'waiting for its turn',
  running: 'running',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
}

export function stateWords(state: JobState): string {
  return STATES[state]
}

/** State, running time, memory and versions in one line. */
export function factsText(job: KnownJob, nowMs: number): string {
  return [
    stateWords(job.state),
    job.state === 'queued' ? '' : formatDuration(wholeSeconds(elapsedMs(job, nowMs), job.state === 'running')),
    job.rssBytes === undefined
      ? ''
      : `${formatBytes(job.rssBytes)} of at most ${formatBytes(job.memoryLimitBytes)} memory`,
    versionsText(job),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

/** `v3 → v4`; `v3, unchanged`; nothing for jobs that do not write. */
export function versionsText({ versionBefore, versionAfter }: JobInfo): string {
  if (versionBefore === undefined) return ''
  if (versionAfter === undefined) return `from v${formatCount(versionBefore)}`
  return versionBefore === versionAfter
    ? `v${formatCount(versionBefore)}, unchanged`
    : `v${formatCount(versionBefore)} → v${formatCount(versionAfter)}`
}

/** A clock that ticks by seconds must not show tenths that stand still. */
function wholeSeconds(ms: number, isTicking: boolean): number {
  return isTicking && ms >= 1000 ? Math.floor(ms / 1000) * 1000 : ms
}

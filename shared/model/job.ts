import type { ErrorValue } from '../errors.ts'

/** Operations that run as jobs: long work in a process of its own. */
export const JOB_OPERATIONS = [
  'indices.create',
  'indices.optimize',
  'search.recall',
  'maintenance.compact',
  'maintenance.optimizeIndices',
  'maintenance.purgeDeletions',
  'maintenance.refragment',
  'maintenance.deleteRows',
  'maintenance.migrateManifests',
  'maintenance.copy',
  'maintenance.cleanup',
  'doctor.scan',
  'doctor.copy',
  'import.run',
  'embed.column',
] as const
export type JobOperation = (typeof JOB_OPERATIONS)[number]

/** `queued` waits for another job that writes the same dataset. */
export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

/** How far a job is, measured; `total` null = unknown. */
export interface JobProgress {
  readonly done: number
  readonly total: number | null
  readonly unit: 'queries' | 'bytes' | 'steps' | 'rows' | 'files'
  /** What it is doing now, a few words. */
  readonly note?: string
}

/** One job of this run of the engine. */
export interface JobInfo {
  readonly id: string
  readonly operation: JobOperation
  /** One line for people: `Build IVF_PQ on vector`. */
  readonly title: string
  readonly dataset: string
  readonly datasetName: string
  readonly writes: boolean
  readonly state: JobState
  /** RFC 3339. */
  readonly queuedAt: string
  readonly startedAt?: string
  readonly endedAt?: string
  /** Running time so far, or in all. */
  readonly elapsedMs: number
  readonly progress?: JobProgress
  /** Resident memory of its process, as last measured. */
  readonly rssBytes?: number
  readonly memoryLimitBytes: number
  /** Newest version of main before and after; only of jobs that write. */
  readonly versionBefore?: number
  readonly versionAfter?: number
  readonly error?: ErrorValue
}

/** What a job operation streams: its job at every change, and at the end its result. A failed job fails the stream. */
export type JobEvent<Result> =
  | { readonly kind: 'job'; readonly job: JobInfo }
  | { readonly kind: 'done'; readonly job: JobInfo; readonly result: Result }

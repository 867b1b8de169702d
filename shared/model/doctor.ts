import type { JobInfo } from './job.ts'

export const DOCTOR_CHECKS = [
  'manifests',
  'data-files',
  'data-footers',
  'deletion-files',
  'indices',
  'transactions',
  'refs',
  'blobs',
  'leftovers',
  'flags',
  /** Deep only: every page of every column. */
  'pages',
] as const
export type DoctorCheck = (typeof DOCTOR_CHECKS)[number]

/** What can be done about a finding. Nothing changes metadata in place without a copy of what it touches. */
export type Repair =
  /** Moves the broken newest manifests of main, or of a branch, aside, so that its last good version is the newest again. */
  | { readonly kind: 'set-aside-newest'; readonly branch?: string | undefined }
  /** Writes every readable row of main (or of an older version) into a new dataset. */
  | { readonly kind: 'copy-readable'; readonly to: string; readonly version?: number | undefined }
  | { readonly kind: 'remove-files'; readonly paths: readonly string[] }
  | { readonly kind: 'rebuild-index'; readonly index: string }
  | { readonly kind: 'drop-index'; readonly index: string }
  | { readonly kind: 'restore-version'; readonly version: number }

/** One thing that was looked at. */
export interface DoctorFinding {
  readonly check: DoctorCheck
  readonly status: 'pass' | 'warn' | 'fail'
  /** One sentence with the figures. */
  readonly title: string
  readonly evidence: readonly string[]
  /** What to do, one sentence; absent when nothing is needed. */
  readonly remedy?: string
  /** Files it is about, from the dataset's root; at most a hundred, `files` counts all. */
  readonly paths: readonly string[]
  readonly files: number
  readonly repairs: readonly RepairOffer[]
}

/** A repair that fits a finding, with what it costs and loses. */
export interface RepairOffer {
  readonly repair: Repair
  readonly title: string
  readonly consequence: string
}

export interface DoctorReport {
  readonly location: string
  readonly deep: boolean
  /** Newest version of main that was checked; absent when no manifest reads. */
  readonly version?: number
  /** Worst of the findings. */
  readonly status: DoctorFinding['status']
  readonly findings: readonly DoctorFinding[]
  readonly filesChecked: number
  readonly rowsRead: number
  readonly elapsedMs: number
}

export type DoctorEvent =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number; readonly note: string }
  | { readonly kind: 'finding'; readonly finding: DoctorFinding }
  | { readonly kind: 'done'; readonly report: DoctorReport }

export interface RepairResult {
  readonly repair: Repair['kind']
  readonly title: string
  /** Folder with what was set aside or removed from the metadata, to put it back by hand. */
  readonly backup?: string
  readonly version?: number
  /** Branch the version is of; absent = main. */
  readonly branch?: string
  readonly to?: string
  readonly rowsRecovered?: number
  readonly rowsLost?: number
  readonly lost: readonly string[]
  readonly files?: number
  readonly bytes?: number
}

export type RepairEvent =
  { readonly kind: 'job'; readonly job: JobInfo } | { readonly kind: 'done'; readonly result: RepairResult }

import { formatNoun } from '#shared/model/format.ts'
import type { MaintenanceKind, MaintenanceNote, MaintenanceResult } from '#shared/model/maintenance.ts'
import type { EngineContext, OpenDataset } from '../context.ts'
import type { TaskEnv } from '../jobs/index.ts'
import { nativeWriterFor } from '../lance/index.ts'
import { withRoomWatched } from './disk.ts'
import { measureState } from './figures.ts'
import type { OperationInput, OperationOf } from './operation.ts'
import { timeScan, type ScanSample } from './scan-time.ts'

/** What an operation works with. */
export interface Work<K extends MaintenanceKind> {
  readonly operation: OperationOf<K>
  readonly context: EngineContext
  readonly dataset: OpenDataset
  readonly writer: ReturnType<typeof nativeWriterFor>
  readonly env: TaskEnv
  readonly expectedBytes: number | null
  /** Newest version of main when it began. */
  readonly version: number
}

/** What an operation did, beside what the states before and after tell. */
export interface Done {
  /** The version its last commit made; absent when it committed nothing. */
  readonly version?: number | undefined
  /** Commits it made; absent = any number. */
  readonly commits?: number | undefined
  readonly tries: number
  /** Where the rows of the sample begin now; absent = where they began before. */
  readonly sampleFrom?: number | undefined
  readonly rowsDeleted?: number
  readonly to?: string
  readonly notes?: readonly MaintenanceNote[]
}

export interface Proof {
  /** Rows that are read before and after. */
  readonly sample?: ScanSample | undefined
  /** Where it writes, absent = into the dataset. */
  readonly place?: string
}

/** Measures, runs an operation with the disk watched, and measures again. The time told is that of the operation alone. */
export async function runOperation<K extends MaintenanceKind>(
  { location, operation, expectedBytes }: OperationInput<K>,
  env: TaskEnv,
  prepare: (work: Work<K>) => Promise<Proof>,
  act: (work: Work<K>) => Promise<Done>,
): Promise<MaintenanceResult> {
  const { context, signal } = env
  const dataset = await context.datasets.open(location)
  env.report({ done: 0, total: null, unit: 'steps', note: 'Measuring' })
  const before = await measureState(dataset, signal)
  const { version } = before
  const work: Work<K> = {
    operation,
    context,
    dataset,
    writer: nativeWriterFor(context.paths.dataDir),
    env,
    expectedBytes,
    version,
  }
  const { sample, place = location } = await prepare(work)
  const beforeMs = sample === undefined ? undefined : await timeScan(context, dataset, version, sample)
  signal.throwIfAborted()
  const began = performance.now()
  const done = await withRoomWatched(place, () => act(work))
  const elapsedMs = performance.now() - began
  env.measuring?.()
  env.report({ done: 0, total: null, unit: 'steps', note: 'Measuring' })
  const after = await measureState(dataset)
  const versionAfter = done.version ?? version
  const others = after.version - version - (done.commits ?? after.version - version)
  const moved = { from: done.sampleFrom ?? sample?.from ?? 0, rows: sample?.rows ?? 0 }
  const afterMs =
    beforeMs === undefined || done.version === undefined || others !== 0
      ? undefined
      : await timeScan(context, dataset, versionAfter, moved)
  return {
    kind: operation.kind,
    versionBefore: version,
    versionAfter,
    before,
    after,
    elapsedMs,
    tries: done.tries,
    ...(beforeMs === undefined || afterMs === undefined ? {} : { scan: { rows: moved.rows, beforeMs, afterMs } }),
    ...(done.rowsDeleted === undefined ? {} : { rowsDeleted: done.rowsDeleted }),
    ...(done.to === undefined ? {} : { to: done.to }),
    notes: [...(done.notes ?? []), ...noteOthers(others)],
  }
}

/** Says that others committed meanwhile. */
export function noteOthers(others: number): readonly MaintenanceNote[] {
  if (others <= 0) return []
  return [
    {
      severity: 'note',
      message: `Another program made ${formatNoun(others, 'version')} meanwhile; the figures include what it did.`,
    },
  ]
}

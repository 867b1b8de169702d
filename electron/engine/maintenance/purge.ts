import type { Forecast, MaintenanceNote } from '#shared/model/maintenance.ts'
import type { CompactionPreview } from '#shared/model/storage.ts'
import type { Manifest } from '../format/types.ts'
import { previewCompaction } from '../storage/index.ts'
import { forecastCompact, optimize } from './compact.ts'
import type { OperationOf, OperationTask, Subject } from './operation.ts'
import { firstRowOf, liveRowsOf } from './positions.ts'
import { forecastRewrite, prepareRewrite, rewrite } from './rewrite.ts'
import { runOperation } from './run-operation.ts'
import { chooseSample } from './scan-time.ts'

const NOTE_COMPACTS: MaintenanceNote = {
  severity: 'note',
  message:
    'LanceDB compacts first, which purges the fragments it rewrites and keeps the order of the rows; the others follow one by one.',
}

/** What purging takes: LanceDB's compaction where it rewrites such fragments, then the others one by one. */
export async function forecastPurge(subject: Subject, operation: OperationOf<'purge-deletions'>): Promise<Forecast> {
  const { dataset, at, manifest } = subject
  const preview = await previewCompaction(dataset, at)
  if (!doesCompactionPurge(manifest, preview, operation)) return forecastRewrite(subject, operation)
  const compact = await forecastCompact(subject)
  const rest = fragmentsLeft(manifest, preview)
  if (rest.length === 0) return { ...compact, kind: 'purge-deletions', notes: [NOTE_COMPACTS, ...compact.notes] }
  const others = await forecastRewrite(subject, { kind: 'purge-deletions', fragments: rest })
  return {
    ...others,
    rows: (compact.rows ?? 0) + (others.rows ?? 0),
    bytesReadAtMost: (compact.bytesReadAtMost ?? 0) + (others.bytesReadAtMost ?? 0),
    bytesWrittenAtMost: (compact.bytesWrittenAtMost ?? 0) + (others.bytesWrittenAtMost ?? 0),
    extraDiskAtMost: (compact.extraDiskAtMost ?? 0) + (others.extraDiskAtMost ?? 0),
    peakMemoryAbout: Math.max(compact.peakMemoryAbout ?? 0, others.peakMemoryAbout ?? 0),
    compaction: preview,
    notes: [NOTE_COMPACTS, ...others.notes],
  }
}

export const purgeDeletionsTask: OperationTask<'purge-deletions'> = (input, env) =>
  runOperation(
    input,
    env,
    async (work) => {
      const at = { branch: undefined, version: work.version }
      const [manifest, preview] = await Promise.all([work.dataset.manifest(at), previewCompaction(work.dataset, at)])
      if (!doesCompactionPurge(manifest, preview, work.operation)) return prepareRewrite(work)
      // Rows that only compaction moves stay in their order; where others follow, positions say nothing.
      if (fragmentsLeft(manifest, preview).length > 0) return {}
      const from = firstRowOf(manifest, preview.tasks[0]?.fragments[0] ?? 0)
      return { sample: chooseSample({ manifest }, from, liveRowsOf(manifest) - from) }
    },
    async (work) => {
      const { dataset, version, operation } = work
      const at = { branch: undefined, version }
      const [manifest, preview] = await Promise.all([dataset.manifest(at), previewCompaction(dataset, at)])
      if (!doesCompactionPurge(manifest, preview, operation)) return rewrite(work, version)
      const compacted = await optimize(work, 'Compacting fragments')
      const newest = compacted.version ?? version
      const after = await dataset.manifest({ branch: undefined, version: newest })
      if (after.fragments.every(({ deletion }) => deletion === undefined)) return compacted
      const rest = await rewrite(work, newest)
      return {
        version: rest.version ?? newest,
        tries: compacted.tries + rest.tries - 1,
        notes: [...(compacted.notes ?? []), ...(rest.notes ?? [])],
      }
    },
  )

/** Only where every fragment may be touched: compaction cannot be told which to take. */
function doesCompactionPurge(
  { fragments }: Manifest,
  { tasks }: CompactionPreview,
  operation: OperationOf<'purge-deletions'>,
): boolean {
  if (operation.fragments !== undefined) return false
  const rewritten = new Set(tasks.flatMap((task) => task.fragments))
  return fragments.some(({ id, deletion }) => (deletion?.deletedRows ?? 0) > 0 && rewritten.has(id))
}

/** Fragments with deleted rows that compaction leaves as they are. */
function fragmentsLeft({ fragments }: Manifest, { tasks }: CompactionPreview): readonly number[] {
  const rewritten = new Set(tasks.flatMap((task) => task.fragments))
  return fragments
    .filter(({ id, deletion }) => (deletion?.deletedRows ?? 0) > 0 && !rewritten.has(id))
    .map(({ id }) => id)
}

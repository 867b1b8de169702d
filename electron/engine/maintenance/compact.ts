import { formatNoun } from '#shared/model/format.ts'
import type { CompactionPreview } from '#shared/model/storage.ts'
import type { Forecast, MaintenanceKind, MaintenanceNote } from '#shared/model/maintenance.ts'
import { coverageOf, retryConflicts, segmentsByName, withBytesReported } from '../indices/index.ts'
import { isSystemIndex } from '../format/index-section.ts'
import type { Manifest } from '../format/types.ts'
import { foldIndices } from '../lance/index.ts'
import { previewCompaction } from '../storage/index.ts'
import { forecastBase, type OperationTask, type Subject } from './operation.ts'
import { noteTries } from './notes.ts'
import { firstRowOf, liveRowsOf } from './positions.ts'
import { runOperation, type Done, type Work } from './run-operation.ts'
import { chooseSample } from './scan-time.ts'
import { withSweepNoted } from './swept.ts'

/** Memory of compaction by LanceDB 0.39, measured with up to 1 GB in one task: this much, and a share of its bytes. */
const PEAK_BASE_BYTES = 250_000_000
const PEAK_SHARE = 0.4

const NOTE_FOLDS: MaintenanceNote = {
  severity: 'note',
  message: 'LanceDB folds rows no index covers into the indices in the same run.',
}

/** LanceDB's optimize does so whatever the cut-off for versions is. */
const NOTE_SWEEPS: MaintenanceNote = {
  severity: 'note',
  message: 'LanceDB also removes files no version uses that are older than seven days. No version is removed.',
}

export async function forecastCompact(subject: Subject): Promise<Forecast> {
  const { dataset, at, manifest } = subject
  const compaction = await previewCompaction(dataset, at)
  const base = await forecastBase('compact', subject)
  const nothingToDo = compaction.tasks.length === 0
  if (nothingToDo) return { ...base, nothingToDo, rows: 0, compaction, notes: notesOnBlocked(compaction) }
  const cost = costOfCompaction(manifest, compaction)
  return {
    ...base,
    nothingToDo,
    ...cost,
    compaction,
    notes: [
      ...notesOnBlocked(compaction),
      ...(hasIndices(manifest) ? [NOTE_FOLDS] : []),
      NOTE_SWEEPS,
      {
        severity: 'note',
        message:
          'The fragments it replaces stay on disk until old versions are cleaned up; older versions keep reading them.',
      },
    ],
  }
}

/** Folding rows into the indices of main, as LanceDB does it: after compacting. `nothingToDo` when every row is covered. */
export async function forecastFoldIndices(subject: Subject): Promise<Forecast> {
  const { dataset, at, manifest } = subject
  const compaction = await previewCompaction(dataset, at)
  const base = await forecastBase('optimize-indices', subject)
  const rows = Math.max(0, ...uncoveredRows(manifest))
  const nothingToDo = rows === 0
  if (nothingToDo) {
    const message = hasIndices(manifest) ? 'Every index covers every row.' : 'There is no index to fold rows into.'
    return { ...base, nothingToDo, rows, notes: [{ severity: 'note', message }] }
  }
  return {
    ...base,
    nothingToDo,
    ...costOfCompaction(manifest, compaction),
    rows,
    compaction,
    notes: [
      ...(compaction.tasks.length === 0
        ? []
        : [
            {
              severity: 'note',
              message: `LanceDB compacts first: ${formatNoun(compaction.fragmentsRemoved, 'fragment')} will be rewritten.`,
            } as const,
          ]),
      NOTE_SWEEPS,
      {
        severity: 'note',
        message: 'Index files that are replaced stay on disk until old versions are cleaned up.',
      },
    ],
  }
}

export const compactTask: OperationTask<'compact'> = (input, env) =>
  runOperation(
    input,
    env,
    async ({ dataset, version }) => {
      const at = { branch: undefined, version }
      const manifest = await dataset.manifest(at)
      const [first] = (await previewCompaction(dataset, at)).tasks.flatMap(({ fragments }) => fragments)
      if (first === undefined) return {}
      const from = firstRowOf(manifest, first)
      return { sample: chooseSample({ manifest }, from, liveRowsOf(manifest) - from) }
    },
    async (work) => {
      const { tasks } = await previewCompaction(work.dataset, { branch: undefined, version: work.version })
      return tasks.length === 0 ? nothingDone('Nothing was left to compact.') : optimize(work, 'Compacting fragments')
    },
  )

export const foldIndicesTask: OperationTask<'optimize-indices'> = (input, env) =>
  runOperation(
    input,
    env,
    async () => ({}),
    async (work) => {
      const manifest = await work.dataset.manifest({ branch: undefined, version: work.version })
      if (uncoveredRows(manifest).every((rows) => rows === 0)) return nothingDone('Every index covers every row.')
      return optimize(work, 'Folding rows into the indices')
    },
  )

function nothingDone(message: string): Done {
  return { tries: 1, commits: 0, notes: [{ severity: 'note', message }] }
}

/** Runs LanceDB's own maintenance of main, pruning nothing, again while it conflicts. */
export async function optimize<K extends MaintenanceKind>(work: Work<K>, note: string): Promise<Done> {
  const { dataset, writer, env, expectedBytes } = work
  let tries = 0
  const watched = { note, folders: ['data', '_indices'], total: expectedBytes }
  const { result, notes } = await withSweepNoted(dataset.store, () =>
    withBytesReported(dataset.store, env, watched, () =>
      retryConflicts(env.signal, () => {
        tries++
        return foldIndices(writer, dataset)
      }),
    ),
  )
  return { version: result.version, tries, notes: [...(tries === 1 ? [] : [noteTries(tries)]), ...notes] }
}

type Cost = Required<
  Pick<Forecast, 'rows' | 'bytesReadAtMost' | 'bytesWrittenAtMost' | 'extraDiskAtMost' | 'peakMemoryAbout'>
>

function costOfCompaction(manifest: Manifest, { tasks, bytesReadAtMost }: CompactionPreview): Cost {
  const byId = new Map(manifest.fragments.map((fragment) => [fragment.id, fragment]))
  let written = 0
  for (const task of tasks) {
    const physical = task.fragments.reduce((sum, id) => sum + (byId.get(id)?.physicalRows ?? 0), 0)
    written += physical === 0 ? 0 : Math.ceil((task.bytes * task.rows) / physical)
  }
  const indices = indexBytesAtMost(manifest, tasks.length > 0)
  const largest = Math.max(0, ...tasks.map(({ bytes }) => bytes))
  return {
    rows: tasks.reduce((sum, { rows }) => sum + rows, 0),
    bytesReadAtMost: bytesReadAtMost + indices,
    bytesWrittenAtMost: written + indices,
    extraDiskAtMost: written + indices,
    peakMemoryAbout: PEAK_BASE_BYTES + Math.round(PEAK_SHARE * (largest + indices)),
  }
}

/** Bytes of the indices that are written anew: those that miss rows, and all that follow rows that move. */
function indexBytesAtMost(manifest: Manifest, doRowsMove: boolean): number {
  let sum = 0
  for (const [name, segments] of segmentsByName(manifest)) {
    if (isSystemIndex(name)) continue
    const coverage = coverageOf(manifest, segments)
    if (coverage !== undefined && coverage.unindexed === 0 && !doRowsMove) continue
    const bytes = segments.reduce((total, segment) => total + (segment.bytes ?? 0), 0)
    const growth = coverage === undefined || coverage.indexed === 0 ? 1 : 1 + coverage.unindexed / coverage.indexed
    sum += Math.ceil(bytes * growth)
  }
  return sum
}

/** Rows each index leaves out; an index that does not say what it covers is taken to leave some out. */
function uncoveredRows(manifest: Manifest): readonly number[] {
  return [...segmentsByName(manifest)]
    .filter(([name]) => !isSystemIndex(name))
    .map(([, segments]) => coverageOf(manifest, segments)?.unindexed ?? liveRowsOf(manifest))
}

function hasIndices(manifest: Manifest): boolean {
  return manifest.indices.some(({ name }) => !isSystemIndex(name))
}

function notesOnBlocked({ blocked }: CompactionPreview): readonly MaintenanceNote[] {
  return blocked.map(({ fragments, why }) => {
    const some = formatNoun(fragments.length, 'fragment')
    switch (why) {
      case 'index-segments':
        return {
          severity: 'warning',
          message: `${some} cannot be merged: different segments of an index cover them. Rebuild the index to free them.`,
        }
      case 'no-neighbour':
        return { severity: 'note', message: `${some} of few rows stay: there is none beside them to merge with.` }
      case 'deletions-below-threshold':
        return {
          severity: 'note',
          message: `${some} keep their deleted rows: LanceDB rewrites a fragment when more than a tenth is deleted.`,
        }
    }
  })
}

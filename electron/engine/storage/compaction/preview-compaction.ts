import type { CompactionPreview } from '#shared/model/storage.ts'
import type { OpenDataset, ResolvedRef } from '../../context.ts'
import type { Manifest, ManifestFragment } from '../../format/types.ts'
import { NO_COVERAGE, readCoverage } from './coverage.ts'
import { readFileSizes } from './file-sizes.ts'
import { liveRows, planTasks, TARGET_ROWS, type Coverage } from './plan-tasks.ts'

type Blocked = CompactionPreview['blocked'][number]
type Task = readonly ManifestFragment[]

/** What LanceDB's compaction would rewrite in one version. */
export async function previewCompaction(dataset: OpenDataset, at: ResolvedRef): Promise<CompactionPreview> {
  const manifest = await dataset.manifest(at)
  return planCompaction(dataset, at, manifest, await readCoverage(dataset, at, manifest))
}

/** The same with the manifest and what its indices cover at hand. */
export async function planCompaction(
  dataset: OpenDataset,
  at: ResolvedRef,
  manifest: Manifest,
  coverage: Coverage,
): Promise<CompactionPreview> {
  const { fragments } = manifest
  const plan = planTasks(fragments, coverage)
  const blind = planTasks(fragments, NO_COVERAGE)
  const sizes = await readFileSizes(dataset, at, manifest, plan.flat())
  const tasks = plan.map((task) => ({
    fragments: task.map(({ id }) => id),
    rows: sum(task, liveRows),
    bytes: sum(task, ({ files }) => sum(files, (file) => sizes.get(file) ?? 0)),
    fragmentsAdded: fragmentsAdded(task),
  }))
  return {
    tasks,
    fragmentsRemoved: sum(plan, ({ length }) => length),
    fragmentsAddedAtLeast: sum(tasks, (task) => task.fragmentsAdded),
    filesReplaced: sum(plan.flat(), ({ files, deletion }) => files.length + (deletion === undefined ? 0 : 1)),
    bytesReadAtMost: sum(tasks, ({ bytes }) => bytes),
    blocked: findBlocked(fragments, plan, blind),
  }
}

/** Lance writes fragments of the target size and adds what is left over to the last. */
function fragmentsAdded(task: Task): number {
  const rows = sum(task, liveRows)
  return rows === 0 ? 0 : Math.max(1, Math.floor(rows / TARGET_ROWS))
}

/** Fragments that are small or have deleted rows and are left as they are, and why. */
function findBlocked(fragments: Task, plan: readonly Task[], blind: readonly Task[]): readonly Blocked[] {
  const planned = new Set(plan.flat())
  const blocked: Blocked[] = []
  const rest = new Set(fragments.filter((fragment) => !planned.has(fragment)))
  for (const task of blind) {
    const ids = task.filter((fragment) => rest.delete(fragment)).map(({ id }) => id)
    if (ids.length > 0) blocked.push({ fragments: ids, why: 'index-segments' })
  }
  const take = (why: Blocked['why'], isMeant: (fragment: ManifestFragment) => boolean): void => {
    const ids = [...rest].filter(isMeant).map(({ id }) => id)
    if (ids.length > 0) blocked.push({ fragments: ids, why })
  }
  take('deletions-below-threshold', ({ deletion }) => deletion !== undefined && deletion.deletedRows > 0)
  if (fragments.length > 1) {
    take('no-neighbour', ({ physicalRows, deletion }) => physicalRows < TARGET_ROWS && deletion === undefined)
  }
  return blocked
}

function sum<Item>(items: readonly Item[], valueOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + valueOf(item), 0)
}

import { AppError } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import type { Forecast, MaintenanceNote } from '#shared/model/maintenance.ts'
import { hasFlag, STABLE_ROW_IDS } from '../format/flags.ts'
import { isSystemIndex } from '../format/index-section.ts'
import type { Manifest } from '../format/types.ts'
import { liveRows, retryConflicts } from '../indices/index.ts'
import { addressAt, rewriteRows, type AddressRange, type NativeTable } from '../lance/index.ts'
import { bytesPerRow, openView, READ_TIMEOUT_MS } from '../rows/index.ts'
import { readFileSizes } from '../storage/index.ts'
import { isAsWanted, type Batch } from './batches.ts'
import { noteTries } from './notes.ts'
import { forecastBase, type OperationTask, type Subject } from './operation.ts'
import { firstRowOf } from './positions.ts'
import { planRewrite, type RewritePlan, type Rewriting } from './rewrite-plan.ts'
import { runOperation, type Done, type Proof, type Work } from './run-operation.ts'
import { chooseSample } from './scan-time.ts'

/** Memory of an update by LanceDB 0.39, measured with 200 MB to 1 GB: this much, and a share of a batch. */
const PEAK_BASE_BYTES = 250_000_000
const PEAK_SHARE = 0.5
/** A commit beside its manifest: the transaction, and the deletion file of a fragment that is moved in part. */
const COMMIT_BYTES = 4096
const DELETED_ROW_BYTES = 4

/** What writing rows anew in place would take. */
export async function forecastRewrite(subject: Subject, operation: Rewriting): Promise<Forecast> {
  const { dataset, at, manifest } = subject
  const base = await forecastBase(operation.kind, subject)
  const plan = planRewrite(manifest, operation)
  const { batches } = plan
  if (batches.length === 0) {
    const message =
      operation.kind === 'purge-deletions' ? 'No fragment has deleted rows.' : 'The fragments are of that size already.'
    return { ...base, nothingToDo: true, rows: 0, notes: [{ severity: 'note', message }] }
  }
  const rows = rowsOf(batches)
  const touched = new Set(batches.flatMap(({ pieces }) => pieces.map(({ fragment }) => fragment)))
  const bytes = bytesOf(batches, await readFileSizes(dataset, at, manifest, [...touched]))
  const manifests = batches.length * ((await newestManifestBytes(dataset)) + COMMIT_BYTES)
  const deletions = batches.reduce((sum, batch) => sum + (isWhole(batch) ? 0 : batch.rows * DELETED_ROW_BYTES), 0)
  const largest = Math.max(...batches.map((batch) => batch.rows)) * bytesPerRow(manifest)
  return {
    ...base,
    nothingToDo: false,
    rows,
    bytesReadAtMost: bytes,
    bytesWrittenAtMost: bytes,
    extraDiskAtMost: bytes + manifests + deletions,
    peakMemoryAbout: PEAK_BASE_BYTES + Math.round(PEAK_SHARE * largest),
    notes: notesOn(manifest, plan, operation),
  }
}

export const refragmentTask: OperationTask<'refragment'> = (input, env) =>
  runOperation(input, env, prepareRewrite, (work) => rewrite(work, work.version))

/** Either operation that writes rows anew. */
export interface RewriteWork extends Omit<Work<'refragment'>, 'operation'> {
  readonly operation: Rewriting
}

/** The rows that move first are the ones read before and after. */
export async function prepareRewrite({ dataset, operation, version }: RewriteWork): Promise<Proof> {
  const manifest = await dataset.manifest({ branch: undefined, version })
  const { batches } = planRewrite(manifest, operation)
  const [first] = batches.flatMap(({ pieces }) => pieces)
  if (first === undefined) return {}
  const moving = new Set(batches.flatMap(({ pieces }) => pieces.map(({ fragment }) => fragment.id)))
  const start = manifest.fragments.findIndex(({ id }) => id === first.fragment.id)
  let available = -first.from
  for (const fragment of manifest.fragments.slice(start)) {
    if (!moving.has(fragment.id)) break
    available += liveRows(fragment)
  }
  return { sample: chooseSample({ manifest }, firstRowOf(manifest, first.fragment.id) + first.from, available) }
}

/** Writes rows anew, batch by batch, as they are in a version of main. */
export async function rewrite(
  { dataset, context, writer, env, operation }: Omit<RewriteWork, 'version'>,
  version: number,
): Promise<Done> {
  const view = await openView(context, { dataset: dataset.handle, ref: { version } })
  const { batches, column } = planRewrite(view.manifest, operation)
  const total = rowsOf(batches)
  const liveBefore = view.manifest.fragments.reduce((sum, fragment) => sum + liveRows(fragment), 0)
  let [done, tries, moved] = [0, 0, 0]
  let newest: number | undefined
  const notes: MaintenanceNote[] = []
  for (const batch of batches) {
    env.report({ done, total, unit: 'rows', note: `Batch of ${formatNoun(batch.rows, 'row')}` })
    env.signal.throwIfAborted()
    const ranges = await toRanges(view.manifest, view.table, batch)
    const written = await retryConflicts(env.signal, () => {
      tries++
      return rewriteRows(writer, dataset, ranges, column)
    })
    newest = written.version
    moved += written.rows
    done += batch.rows
    if (written.rows > batch.rows) throw movedTooMuch(batch.rows, written.rows, newest)
    if (written.rows === 0) {
      notes.push({
        severity: 'warning',
        message: 'Another program moved or deleted the rows meanwhile, so it ended early. Run it again for the rest.',
      })
      break
    }
  }
  env.report({ done, total, unit: 'rows' })
  const extraTries = tries - batches.length
  if (extraTries > 0) notes.push(noteTries(extraTries + 1))
  return {
    version: newest,
    commits: newest === undefined ? 0 : Math.min(batches.length, newest - version),
    tries: Math.max(1, extraTries + 1),
    sampleFrom: liveBefore - moved,
    notes,
  }
}

async function toRanges(manifest: Manifest, table: NativeTable, { pieces }: Batch): Promise<readonly AddressRange[]> {
  const ranges: AddressRange[] = []
  for (const { fragment, from, to } of pieces) {
    const start = BigInt(fragment.id) << 32n
    const end = (BigInt(fragment.id) + 1n) << 32n
    const live = liveRows(fragment)
    const hasGaps = live < fragment.physicalRows
    const first = firstRowOf(manifest, fragment.id)
    const at = async (position: number): Promise<bigint> => {
      if (position === 0) return start
      if (position === live) return end
      if (!hasGaps) return start + BigInt(position)
      return (await addressAt(table, first + position, READ_TIMEOUT_MS)) ?? end
    }
    ranges.push({ from: await at(from), to: await at(to) })
  }
  return ranges
}

function isWhole({ pieces }: Batch): boolean {
  return pieces.every(({ fragment, from, to }) => from === 0 && to === liveRows(fragment))
}

function rowsOf(batches: readonly Batch[]): number {
  return batches.reduce((sum, { rows }) => sum + rows, 0)
}

/** Stored bytes of the rows with their blobs, in proportion to those of their fragments. */
function bytesOf(batches: readonly Batch[], sizes: Awaited<ReturnType<typeof readFileSizes>>): number {
  let bytes = 0
  for (const { fragment, from, to } of batches.flatMap(({ pieces }) => pieces)) {
    const stored = fragment.files.reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0)
    bytes += fragment.physicalRows === 0 ? 0 : (stored * (to - from)) / fragment.physicalRows
  }
  return Math.ceil(bytes)
}

async function newestManifestBytes({ store }: Subject['dataset']): Promise<number> {
  const objects = await store.list('_versions')
  return objects.reduce((most, { bytes }) => Math.max(most, bytes), 0)
}

function notesOn(manifest: Manifest, plan: RewritePlan, operation: Rewriting): readonly MaintenanceNote[] {
  const notes: MaintenanceNote[] = []
  const { batches, keepsOrder } = plan
  const hasIndices = manifest.indices.some(({ name }) => !isSystemIndex(name))
  notes.push({
    severity: 'note',
    message: `${formatNoun(batches.length, 'commit')}, each a version of its own with one new fragment. Stopped in between, what is done stays done and no row is lost.`,
  })
  if (hasFlag(manifest.readerFlags, STABLE_ROW_IDS)) {
    notes.push({
      severity: 'warning',
      message:
        'Row ids stay, but Lance counts the rows as updated: the version they were last updated at becomes the new one.',
    })
  } else {
    notes.push({
      severity: 'warning',
      message: `Row ids change${hasIndices ? ', and no index covers the rewritten rows until they are folded in: then queries read them one by one' : ''}.`,
    })
  }
  if (!keepsOrder) {
    notes.push({
      severity: 'warning',
      message: 'The rewritten rows move behind all others: the order of the rows changes.',
    })
  }
  if (operation.kind === 'refragment' && batches.some((batch) => !isAsWanted(batch))) {
    notes.push({
      severity: 'note',
      message: 'A later compaction merges fragments of fewer than 1,048,576 rows again.',
    })
  }
  notes.push({
    severity: 'note',
    message:
      'Older versions keep the fragments as they were; their bytes stay on disk until those versions are cleaned up.',
  })
  return notes
}

function movedTooMuch(wanted: number, written: number, version: number): AppError {
  return new AppError({
    code: 'internal',
    message: `Lance rewrote ${written} rows where ${wanted} were meant; it was stopped after version ${version}.`,
    hint: 'Compare this version with the one before. Restoring that undoes it.',
    detail: { wanted, written, version },
  })
}

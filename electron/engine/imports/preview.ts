import type { ImportEstimate, ImportPreview, UpdatePlan } from '#shared/model/import/preview.ts'
import type { ImportRecord } from '#shared/model/import/result.ts'
import type { ImportSpec } from '#shared/model/import/spec.ts'
import type { EngineContext } from '../context.ts'
import { openBulkEmbedder } from '../embedders/index.ts'
import { concatIpcFiles, createAligner, encodeRows, pickFromBatch } from '../lance/index.ts'
import { planImport, type ImportPlan } from './plan.ts'
import type { Reader } from './reader.ts'
import { compareFiles, readStoredFiles } from './stored-files.ts'
import type { PlannedFile } from './unit.ts'
import { fileColumns } from './write-plan.ts'

/** Rows that are shown. */
const SHOWN_ROWS = 200
/** Of a text nothing was seen of: a rule of thumb. */
const TOKENS = 50
/** Paths named in the plan of an update. */
const MAX_NAMED = 1000

/** What an import would do. `records`: imports of the past, to foretell the time by. */
export async function previewImport(
  context: EngineContext,
  reader: Reader,
  { spec, file }: { readonly spec: ImportSpec; readonly file?: string | undefined },
  records: readonly ImportRecord[],
  signal: AbortSignal,
): Promise<ImportPreview> {
  const plan = await planImport(context, reader, spec, signal, file)
  const { items, leftOut, sample, targetPlan, problems } = plan
  const shown = shownRows(plan)
  const update = await planUpdate(context, plan, signal)
  return {
    items,
    leftOut,
    ...(sample.detected.length === 0 ? {} : { columns: sample.detected }),
    ...(sample.reading === undefined ? {} : { reading: sample.reading }),
    sample: shown.bytes,
    sampleRows: shown.rows,
    ...(sample.document === undefined ? {} : { document: sample.document }),
    badRows: sample.badRows,
    ...(targetPlan.matches === undefined ? {} : { matches: targetPlan.matches }),
    ...(update === undefined ? {} : { update }),
    estimate: estimate(plan, records),
    problems,
  }
}

/** The first rows as they would be written; without the vectors, which are not made yet. */
function shownRows({ sample, targetPlan, problems, embedding }: ImportPlan): {
  readonly bytes: Uint8Array | null
  readonly rows: number
} {
  const { batches } = sample
  const isClear = !problems.some(({ severity }) => severity === 'error')
  const align = isClear && embedding === undefined ? createAligner(targetPlan.schema, targetPlan.sources) : undefined
  const files: Buffer[] = []
  let rows = 0
  // Files whose columns differ cannot be shown in one table before they are brought together.
  const alike = align === undefined ? batches.filter((batch) => hasColumnsOf(batch, batches[0])) : batches
  for (const batch of alike) {
    const count = Math.min(batch.rows, SHOWN_ROWS - rows)
    if (count === 0) break
    const picked = pickFromBatch(
      batch,
      Int32Array.from({ length: count }, (_, row) => row),
    )
    files.push(encodeRows(align === undefined ? picked : align(picked)))
    rows += count
  }
  const bytes = concatIpcFiles(files)
  return { bytes: bytes ?? files[0] ?? null, rows }
}

type Batch = ImportPlan['sample']['batches'][number]

function hasColumnsOf({ schema }: Batch, first: Batch | undefined): boolean {
  return String(schema) === String(first?.schema)
}

async function planUpdate(
  context: EngineContext,
  { spec, target, targetPlan, files, leftOut, truncated, problems }: ImportPlan,
  signal: AbortSignal,
): Promise<UpdatePlan | undefined> {
  if (spec.target.kind !== 'existing' || spec.target.mode !== 'update' || target.kind !== 'existing') return undefined
  if (problems.some(({ severity }) => severity === 'error')) return undefined
  const stored = await readStoredFiles(context, target.dataset, fileColumns(targetPlan.sources), signal)
  const names = new Set([...leftOut.map(({ name }) => name), ...(spec.sources.exclude ?? [])])
  const unread = { names, truncated }
  const { unchanged, new: added, changed, gone } = await compareFiles(files, unread, stored, signal)
  const some = (names: readonly string[]): readonly string[] => names.slice(0, MAX_NAMED)
  return { unchanged, new: some(added), changed: some(changed), gone: some(gone) }
}

function estimate({ spec, files, sample, embedding }: ImportPlan, records: readonly ImportRecord[]): ImportEstimate {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const isCounted = spec.rows.kind === 'tables' && files.every((file) => file.rows !== undefined)
  const counted = files.reduce((sum, file) => sum + (file.rows ?? 0), 0)
  const foretold = Math.round(files.reduce((sum, file) => sum + foretellRows(file, sample), 0))
  const rows = spec.rows.kind === 'media' ? files.length : isCounted ? counted : Math.max(sample.rows, foretold)
  const rowsAreExact = spec.rows.kind === 'media' || (isCounted && sample.badRows.count === 0)
  return {
    rows,
    rowsAreExact,
    bytes,
    seconds: embedding === undefined ? foretellSeconds(spec, bytes, records) : null,
    ...(embedding === undefined
      ? {}
      : {
          embedder: {
            texts: rows,
            requests: Math.ceil(rows / openBulkEmbedder(embedding.embedder).batchTexts),
            tokens: Math.round(rows * (sample.tokens ?? TOKENS)),
            isRemote: embedding.isRemote,
          },
        }),
  }
}

/** By the rate of the newest imports of such rows on this machine. */
function foretellSeconds({ rows }: ImportSpec, bytes: number, records: readonly ImportRecord[]): number | null {
  const alike = records.flatMap(({ spec, result }) =>
    result !== undefined && spec.rows.kind === rows.kind && spec.embed === undefined && result.bytesRead > 0
      ? [result]
      : [],
  )
  const recent = alike.slice(0, 3)
  const [read, ms] = [
    recent.reduce((sum, it) => sum + it.bytesRead, 0),
    recent.reduce((sum, it) => sum + it.elapsedMs, 0),
  ]
  return read === 0 ? null : (bytes * ms) / read / 1000
}

/** Rows of a file by those of its kind that were looked at, or by all that were. */
function foretellRows({ kind, bytes, rows }: PlannedFile, sample: ImportPlan['sample']): number {
  if (rows !== undefined) return rows
  const rate = sample.rates.get(kind) ?? sample
  return rate.bytes === 0 ? 0 : (rate.rows * bytes) / rate.bytes
}

import { join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import type { Forecast, MaintenanceNote } from '#shared/model/maintenance.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { hasFlag, STABLE_ROW_IDS } from '../format/flags.ts'
import type { Manifest } from '../format/types.ts'
import { createLike, FORMAT_VERSIONS } from '../lance/index.ts'
import { bytesPerRow, openView, READ_TIMEOUT_MS, whyUnreadable } from '../rows/index.ts'
import { readFileSizes } from '../storage/index.ts'
import type { NewPlace } from '../store/new-place.ts'
import { copyRows } from './copy-rows.ts'
import { checkPlace, clearBuildings, makeBuilding, moveIntoPlace } from './copy-place.ts'
import { forecastBase, type OperationOf, type OperationTask, type Subject } from './operation.ts'
import { liveRowsOf } from './positions.ts'
import { MAX_FRAGMENT_ROWS, tooManyRows } from './rewrite-plan.ts'
import { runOperation, type Done, type Work } from './run-operation.ts'
import { verifyCopy } from './verify-copy.ts'

type FormatVersion = (typeof FORMAT_VERSIONS)[number]

const PEAK_BASE_BYTES = 250_000_000
/** Lance holds a fragment several times while it takes it, measured with 64 MB to 512 MB that do not compress. */
const PEAK_FACTOR = 5
const DEFAULT_FRAGMENT_BYTES = 64 * 1024 * 1024
/** Most rows a dataset may have to be read by position. */
const MAX_ROWS = 0xffff_ffff

export async function forecastCopy(subject: Subject, operation: OperationOf<'copy'>): Promise<Forecast> {
  const { context, dataset, at, manifest } = subject
  const place = await checkPlace(operation.to, dataset.location, context.paths.root)
  const formatVersion = checkCopyable(manifest, operation)
  const rows = liveRowsOf(manifest)
  const sizes = await readFileSizes(dataset, at, manifest, manifest.fragments)
  const read = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0)
  const physical = manifest.fragments.reduce((sum, { physicalRows }) => sum + physicalRows, 0)
  const written = physical === 0 ? 0 : Math.ceil((read * rows) / physical)
  const share = rows === 0 ? 0 : Math.min(1, (operation.rowsPerFragment ?? rows) / rows)
  const fragment = Math.min(written * share, operation.rowsPerFragment === undefined ? DEFAULT_FRAGMENT_BYTES : written)
  return {
    ...(await forecastBase('copy', subject, place.parent)),
    nothingToDo: false,
    rows,
    bytesReadAtMost: read * 2,
    bytesWrittenAtMost: written,
    extraDiskAtMost: written,
    peakMemoryAbout: Math.round(PEAK_BASE_BYTES + PEAK_FACTOR * fragment),
    notes: notesOn(manifest, formatVersion),
  }
}

export const copyTask: OperationTask<'copy'> = (input, env) =>
  runOperation(
    input,
    env,
    async ({ dataset, context, operation }) => ({
      place: (await checkPlace(operation.to, dataset.location, context.paths.root)).parent,
    }),
    copy,
  )

async function copy({ context, dataset, operation, env, version }: Work<'copy'>): Promise<Done> {
  const place = await checkPlace(operation.to, dataset.location, context.paths.root)
  const source = await openView(context, { dataset: dataset.handle, ref: { version } })
  const formatVersion = checkCopyable(source.manifest, operation)
  const building = makeBuilding(place)
  try {
    await build(place, formatVersion)
    await moveIntoPlace(place, building)
  } finally {
    clearBuildings(place, building)
  }
  return { tries: 1, commits: 0, to: place.location, notes: [VERIFIED] }

  async function build({ name }: NewPlace, format: FormatVersion): Promise<void> {
    const rows = liveRowsOf(source.manifest)
    const where = { folder: building, name, dataDir: context.paths.dataDir }
    const options = {
      formatVersion: format,
      stableRowIds: hasFlag(source.manifest.readerFlags, STABLE_ROW_IDS),
    }
    const blobs = source.manifest.schema.filter(isBlob).map(({ name: column }) => column)
    const report = (note: string) => (done: number) => env.report({ done, total: rows, unit: 'rows', note })
    const target = await createLike(source.table, where, options, READ_TIMEOUT_MS)
    try {
      const written = await copyRows(source.table, target, {
        rows,
        rowsPerFragment: operation.rowsPerFragment,
        maxRowsPerFragment: MAX_FRAGMENT_ROWS,
        hasDictionaries: source.manifest.schema.some(hasDictionary),
        storedBytesPerRow: bytesPerRow(source.manifest),
        blobs,
        signal: env.signal,
        onRows: report('Writing rows'),
      })
      if (written !== rows) throw incomplete(written, rows)
    } finally {
      target.close()
    }
    const copied = await context.datasets.open(join(building, `${name}.lance`))
    try {
      const view = await openView(context, { dataset: copied.handle })
      const found = liveRowsOf(view.manifest)
      if (found !== rows) throw incomplete(found, rows)
      await verifyCopy(source, view, rows, { blobs, signal: env.signal, onRows: report('Comparing every row') })
    } finally {
      context.datasets.close(copied.handle)
    }
  }
}

const VERIFIED: MaintenanceNote = {
  severity: 'note',
  message: 'Every row of the copy was read and compared by hash with the one it was made of.',
}

/** The file format to write; refuses by name what LanceDB cannot copy whole. */
function checkCopyable(manifest: Manifest, { rowsPerFragment, formatVersion }: OperationOf<'copy'>): FormatVersion {
  if (rowsPerFragment !== undefined && rowsPerFragment > MAX_FRAGMENT_ROWS) throw tooManyRows(rowsPerFragment)
  if (liveRowsOf(manifest) > MAX_ROWS) {
    throw refusal('it has more rows than can be read by position', manifest.version)
  }
  for (const field of manifest.schema) {
    const reason = whyUnreadable(manifest, field)
    if (reason !== undefined) throw refusal(`of the column "${field.name}", ${reason}`, manifest.version)
    const blobs = whyBlobsStay(manifest, field)
    if (blobs !== undefined) throw refusal(`the column "${field.name}" ${blobs}`, manifest.version)
  }
  const known = FORMAT_VERSIONS.find((it) => it === (formatVersion ?? manifest.dataFormat?.version))
  if (known !== undefined) return known
  if (formatVersion === undefined) return '2.2'
  throw new AppError({
    code: 'invalid-input',
    message: `LanceDB writes no file format "${formatVersion}".`,
    hint: `Choose one of ${FORMAT_VERSIONS.join(', ')}.`,
    detail: { formatVersion },
  })
}

/** Why the blobs of a column cannot be copied; undefined when they can, or when there are none. */
function whyBlobsStay({ schema }: Manifest, field: SchemaField): string | undefined {
  if (field.children.some(hasBlobs)) return 'holds blobs inside of other values'
  if (field.kind !== 'blob') return undefined
  if (!isBlob(field)) return 'holds blobs of the first kind, whose bytes LanceDB does not give out'
  return schema.some(hasLargeList)
    ? 'holds blobs, and another column lists of 64 bits; together they cannot be decoded'
    : undefined
}

function isBlob({ metadata }: SchemaField): boolean {
  return metadata['ARROW:extension:name'] === 'lance.blob.v2'
}

function hasBlobs({ kind, children }: SchemaField): boolean {
  return kind === 'blob' || children.some(hasBlobs)
}

function hasLargeList({ logicalType, children }: SchemaField): boolean {
  return logicalType.startsWith('large_list') || children.some(hasLargeList)
}

function notesOn(manifest: Manifest, formatVersion: FormatVersion): readonly MaintenanceNote[] {
  const from = manifest.dataFormat?.version
  return [
    {
      severity: 'note',
      message: `Only the rows of version ${manifest.version} are copied: no history, tags, branches or indices. The dataset itself stays as it is.`,
    },
    {
      severity: 'note',
      message: `The copy is written in file format ${formatVersion}${from === undefined || from === formatVersion ? '' : `, from ${from}`}.`,
    },
    ...(formatVersion === '2.3'
      ? [
          {
            severity: 'warning',
            message: 'File format 2.3 is not final: later versions of Lance may not read it.',
          } as const,
        ]
      : []),
    ...(manifest.schema.some(hasDictionary)
      ? [
          {
            severity: 'note',
            message: 'There are dictionary columns, so fragments may come out smaller than asked for.',
          } as const,
        ]
      : []),
  ]
}

function hasDictionary({ kind, children }: SchemaField): boolean {
  return kind === 'dictionary' || children.some(hasDictionary)
}

function refusal(reason: string, version: number): AppError {
  return new AppError({
    code: 'unsupported-format',
    message: `This dataset cannot be copied row by row: ${reason}. Nothing was written.`,
    hint: 'Copying its folder keeps everything as it is.',
    detail: { version },
  })
}

function incomplete(written: number, rows: number): AppError {
  return new AppError({
    code: 'corrupt-data',
    message: `The copy came out with ${written} rows instead of ${rows}, so it was removed.`,
    hint: 'Check the dataset for damage.',
    detail: { written, rows },
  })
}

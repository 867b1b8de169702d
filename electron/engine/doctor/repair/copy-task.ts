import { join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { hasFlag, STABLE_ROW_IDS } from '../../format/flags.ts'
import type { Task } from '../../jobs/index.ts'
import { createLike, FORMAT_VERSIONS } from '../../lance/index.ts'
import { checkPlace, clearBuildings, copyRows, makeBuilding, moveIntoPlace } from '../../maintenance/index.ts'
import { bytesPerRow, READ_TIMEOUT_MS } from '../../rows/index.ts'
import { openTarget } from '../scan/open-target.ts'

/** Live rows [from, from + count) of a fragment. */
export interface ReadableRows {
  readonly fragment: number
  readonly from: number
  readonly count: number
}

export interface CopyReadableInput {
  readonly location: string
  readonly manifestPath: string
  readonly to: string
  /** In order. */
  readonly readable: readonly ReadableRows[]
}

export interface CopyReadableResult {
  readonly to: string
  readonly rows: number
}

const MAX_FRAGMENT_ROWS = 1024 * 1024

/** Writes the rows given into a new dataset, which is put in its place only when all of them are in it. */
export const copyReadableTask: Task<CopyReadableInput, CopyReadableResult> = async (input, env) => {
  const { context, signal } = env
  const place = await checkPlace(input.to, input.location, context.paths.root)
  const source = await openTarget(context, input.location, { lineFolder: '', manifestPath: input.manifestPath })
  const building = makeBuilding(place)
  try {
    const { manifest } = source
    const version = FORMAT_VERSIONS.find((it) => it === manifest.dataFormat?.version) ?? '2.2'
    const where = { folder: building, name: place.name, dataDir: context.paths.dataDir }
    const options = { formatVersion: version, stableRowIds: hasFlag(manifest.readerFlags, STABLE_ROW_IDS) }
    const total = input.readable.reduce((sum, { count }) => sum + count, 0)
    let done = 0
    const target = await createLike(await source.none(), where, options, READ_TIMEOUT_MS)
    try {
      for (const { fragment, from, count } of input.readable) {
        const before = done
        const written = await copyRows(await source.fragment(fragment), target, {
          rows: count,
          from,
          rowsPerFragment: undefined,
          maxRowsPerFragment: MAX_FRAGMENT_ROWS,
          hasDictionaries: manifest.schema.some(hasDictionary),
          storedBytesPerRow: bytesPerRow(manifest),
          blobs: source.blobs,
          signal,
          onRows: (rows) =>
            env.report({ done: before + rows, total, unit: 'rows', note: `Writing rows of fragment ${fragment}` }),
        })
        if (written !== count) throw incomplete(written, count)
        done += written
      }
    } finally {
      target.close()
    }
    const copied = await context.datasets.open(join(building, `${place.name}.lance`))
    const rows = await countRows(copied)
    context.datasets.close(copied.handle)
    if (rows !== total) throw incomplete(rows, total)
    await moveIntoPlace(place, building)
    return { to: place.location, rows }
  } finally {
    clearBuildings(place, building)
    source.close()
  }
}

async function countRows(
  dataset: Awaited<ReturnType<Parameters<typeof copyReadableTask>[1]['context']['datasets']['open']>>,
) {
  const manifest = await dataset.manifest(await dataset.resolve())
  return manifest.fragments.reduce((sum, { physicalRows }) => sum + physicalRows, 0)
}

function hasDictionary({ kind, children }: SchemaField): boolean {
  return kind === 'dictionary' || children.some(hasDictionary)
}

function incomplete(written: number, rows: number): AppError {
  return new AppError({
    code: 'corrupt-data',
    message: `The copy came out with ${written} rows instead of ${rows}, so it was removed.`,
    hint: 'The files may have changed meanwhile. Try again.',
    detail: { written, rows },
  })
}

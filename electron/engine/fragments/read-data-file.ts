import { AppError } from '#shared/errors.ts'
import { DATA_FILE_TAIL_BYTES, decodeDataFile, type DataFileMetadata } from '../format/data-file.ts'
import type { FileSlice, TailStep } from '../format/file-footer.ts'
import type { ObjectStore } from '../store/object-store.ts'

/** A data file as it was found. */
export interface DataFileFound {
  readonly bytes: number
  readonly metadata: DataFileMetadata
}

/** The end of a file, then its column metadata, then a schema far away: nothing real needs more reads. */
const MAX_READS = 4

/**
 * Reads what the end of a data or index file says of it: one request for narrow files whose size is known. `knownBytes`
 * is the size the manifest gives, null when it does not. Throws `missing-file`, `corrupt-data`, and errors of the store.
 */
export async function readDataFile(
  store: ObjectStore,
  path: string,
  knownBytes: number | null,
): Promise<DataFileFound> {
  const bytes = knownBytes ?? (await findSize(store, path))
  try {
    return { bytes, metadata: await readMetadata(store, path, bytes) }
  } catch (error) {
    throw await explain(error, store, path, knownBytes)
  }
}

async function readMetadata(store: ObjectStore, path: string, bytes: number): Promise<DataFileMetadata> {
  return readByTail(store, path, bytes, decodeDataFile)
}

/**
 * Reads the end of a file and then whatever else `decode` asks for. Throws `corrupt-data` when that never ends, and what
 * `decode` and the store throw.
 */
export async function readByTail<Result>(
  store: ObjectStore,
  path: string,
  bytes: number,
  decode: (slices: readonly FileSlice[], fileBytes: number) => TailStep<Result>,
): Promise<Result> {
  const slices: FileSlice[] = []
  let range = { start: Math.max(0, bytes - DATA_FILE_TAIL_BYTES), end: bytes }
  for (let reads = 0; reads < MAX_READS; reads++) {
    slices.push({ start: range.start, bytes: await store.readRange(path, range.start, range.end) })
    const step = decode(slices, bytes)
    if (step.kind === 'done') return step.result
    range = step.range
  }
  throw new AppError({ code: 'corrupt-data', message: 'The data file is damaged: its metadata is scattered.' })
}

async function findSize(store: ObjectStore, path: string): Promise<number> {
  try {
    return (await store.info(path)).bytes
  } catch (error) {
    throw asMissing(error, path)
  }
}

/** A size other than the manifest's explains damage better than the damage itself. */
async function explain(cause: unknown, store: ObjectStore, path: string, known: number | null): Promise<unknown> {
  const failure = asMissing(cause, path)
  if (!(failure instanceof AppError) || failure.code !== 'corrupt-data') return failure
  const found = known === null ? undefined : await store.info(path).catch(() => undefined)
  if (found === undefined || found.bytes === known) return withPath(failure, path)
  return new AppError(
    {
      code: 'corrupt-data',
      message: `${path} has ${found.bytes} bytes, but the manifest says ${known}.`,
      hint: 'It was cut off or replaced. Restore the file from a backup.',
      detail: { path, bytes: found.bytes, expectedBytes: known },
    },
    { cause: failure },
  )
}

function withPath(error: AppError, path: string): AppError {
  return new AppError({ ...error.toValue(), detail: { path } }, { cause: error })
}

/** A file a version names and that is not there is lost, not merely not found. */
export function asMissing(error: unknown, path: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'not-found') return error
  return new AppError(
    {
      code: 'missing-file',
      message: `${path} is missing.`,
      hint: 'Rows of this fragment cannot be read. Restore the file from a backup.',
      detail: { path },
    },
    { cause: error },
  )
}

import { AppError } from '#shared/errors.ts'
import { formatCount } from '#shared/model/format.ts'
import type { UpdatePlan } from '#shared/model/import/preview.ts'
import type { EngineContext, OpenDataset } from '../context.ts'
import { decodeRows, textsOf } from '../lance/index.ts'
import { openView } from '../rows/index.ts'
import { hashFile } from './file-facts.ts'
import type { PlannedFile } from './unit.ts'

const READ_TIMEOUT_MS = 120_000
const BATCH_ROWS = 65_536
/** Files a dataset may hold to be updated by file: their names are held. */
const MAX_STORED = 2_000_000

/** Columns of the dataset that say which file a row is of. */
export interface FileColumns {
  readonly path: string
  readonly hash: string
}

export interface StoredFile {
  readonly hash: string
  readonly rows: number
}

/** The hash each file of a dataset was imported with, and the rows it has. */
export async function readStoredFiles(
  context: EngineContext,
  dataset: Pick<OpenDataset, 'handle'>,
  { path, hash }: FileColumns,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, StoredFile>> {
  const { table } = await openView(context, { dataset: dataset.handle })
  const total = await table.countRows(undefined, READ_TIMEOUT_MS)
  const stored = new Map<string, { hash: string; rows: number }>()
  const select = [{ name: path }, { name: hash }]
  const limits = { timeoutMs: READ_TIMEOUT_MS, batchRows: BATCH_ROWS, signal }
  for await (const file of table.page(select, { offset: 0, limit: total }, limits)) {
    for (const batch of decodeRows(file)) {
      const paths = textsOf(batch, path) ?? []
      const hashes = textsOf(batch, hash) ?? []
      for (const [row, name] of paths.entries()) {
        if (name === null) continue
        const known = stored.get(name)
        if (known === undefined) stored.set(name, { hash: hashes[row] ?? '', rows: 1 })
        else known.rows++
      }
    }
    if (stored.size > MAX_STORED) throw tooMany()
  }
  return stored
}

export interface FileChanges extends UpdatePlan {
  readonly unchangedRows: number
  /** Files that are new or changed, in their order. */
  readonly toWrite: readonly PlannedFile[]
}

/** What of the sources is there without being read: files that are not gone. */
export interface Unread {
  /** Names of files, and of folders that could not be looked into. */
  readonly names: ReadonlySet<string>
  /** There were more files than were looked at: nothing is known to be gone. */
  readonly truncated: boolean
}

/** What of the files is not in the dataset as it is now. A file that is there but cannot be read keeps its rows. */
export async function compareFiles(
  files: readonly PlannedFile[],
  unread: Unread,
  stored: ReadonlyMap<string, StoredFile>,
  signal: AbortSignal,
  onFile: (done: number) => void = () => undefined,
): Promise<FileChanges> {
  const toWrite: PlannedFile[] = []
  const [added, changed]: [string[], string[]] = [[], []]
  let [unchanged, unchangedRows] = [0, 0]
  for (const [index, file] of files.entries()) {
    signal.throwIfAborted()
    onFile(index)
    const before = stored.get(file.name)
    if (before !== undefined && before.hash === (await hashOrNothing(file, signal))) {
      unchanged++
      unchangedRows += before.rows
      continue
    }
    toWrite.push(file)
    if (before === undefined) added.push(file.name)
    else changed.push(file.name)
  }
  const names = new Set(files.map(({ name }) => name))
  const isGone = (name: string): boolean => !names.has(name) && !isUnread(name, unread)
  const gone = unread.truncated ? [] : [...stored.keys()].filter(isGone)
  return { unchanged, unchangedRows, new: added, changed, gone, toWrite }
}

/** The name or a folder above it is among those that were not read. */
function isUnread(name: string, { names }: Unread): boolean {
  for (let end = name.length; end > 0; end = name.lastIndexOf('/', end - 1))
    if (names.has(name.slice(0, end))) return true
  return false
}

/** A file that cannot be read is told when its turn comes. */
async function hashOrNothing({ path }: PlannedFile, signal: AbortSignal): Promise<string | undefined> {
  try {
    return await hashFile(path, signal)
  } catch {
    signal.throwIfAborted()
    return undefined
  }
}

function tooMany(): AppError {
  return new AppError({
    code: 'too-large',
    message: `The dataset holds more than ${formatCount(MAX_STORED)} files, too many to compare at once.`,
    hint: 'Append instead, or update it in parts.',
  })
}

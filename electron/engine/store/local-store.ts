import { close, constants, fstat, open, read, type Stats } from 'node:fs'
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { errnoOf, fileError } from './errno.ts'
import { listTree } from './list-tree.ts'
import type { ObjectInfo, ObjectStore, ObjectStoreUsage } from './object-store.ts'

/** Listings ask for file sizes in groups of this many, so that a huge folder does not flood the thread pool. */
const STAT_GROUP = 256
/** A pipe or device in place of a file must not block the open; Windows has no such flag. */
const READ_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)
const DEFAULT_MAX_BYTES = 1024 * 1024 * 1024

/** The files of a local folder. The folder itself may be a link; paths inside are kept inside by their text. */
export function createLocalStore(root: string): ObjectStore {
  const usage = { requests: 0, bytes: 0 }

  /** Runs one counted request and maps its failure. */
  const request = async <Result>(path: string, run: (absolute: string) => Promise<Result>): Promise<Result> => {
    const absolute = toAbsolute(root, path)
    usage.requests++
    try {
      return await run(absolute)
    } catch (error) {
      throw fileError(error, absolute)
    }
  }
  const counted = (bytes: Uint8Array): Uint8Array => {
    usage.bytes += bytes.byteLength
    return bytes
  }
  const readWhole: ObjectStore['readWithInfo'] = (path, maxBytes = DEFAULT_MAX_BYTES) =>
    request(path, (absolute) =>
      withFile(absolute, async (file, found) => {
        if (found.size > maxBytes) throw tooLarge(absolute, found.size, maxBytes)
        return { bytes: counted(await readBytes(file, 0, found.size)), info: toInfo(path, found) }
      }),
    )

  return {
    root,
    list: (folder) => request(folder, (absolute) => listFiles(absolute, folder)),
    listTree: async (folder, signal) => listTree(toAbsolute(root, folder), folder, () => usage.requests++, signal),
    listNames: (folder) => request(folder, listFileNames),
    readRange: (path, start, end) =>
      request(path, (absolute) =>
        withFile(absolute, (file, { size }) => readBytes(file, start, Math.min(end, size))),
      ).then(counted),
    read: async (path, maxBytes) => (await readWhole(path, maxBytes)).bytes,
    readWithInfo: readWhole,
    info: (path) => request(path, async (absolute) => toInfo(path, await stat(absolute))),
    writeIfAbsent: (path, bytes) => request(path, (absolute) => writeNew(absolute, bytes)),
    delete: (path) => request(path, (absolute) => rm(absolute)),
    usage: (): ObjectStoreUsage => ({ ...usage }),
  }
}

/** Refuses every path that is absolute, climbs, or is not plainly written. The empty path is the root. */
function toAbsolute(root: string, path: string): string {
  if (path === '') return root
  const plain = path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  const portable = process.platform !== 'win32' || !/[\\:]/.test(path)
  if (!plain || !portable || path.includes('\0')) {
    throw new AppError({
      code: 'invalid-input',
      message: 'A path inside the dataset points outside of it.',
      detail: { path },
    })
  }
  return join(root, path)
}

async function listFileNames(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(missingAsEmpty)
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name)
}

async function listFiles(absolute: string, folder: string): Promise<readonly ObjectInfo[]> {
  const names = await listFileNames(absolute)
  const infos: ObjectInfo[] = []
  for (let start = 0; start < names.length; start += STAT_GROUP) {
    const group = names.slice(start, start + STAT_GROUP).map(async (name) => {
      // A file may vanish between the listing and the look at it; then it is simply not there.
      const found = await stat(join(absolute, name)).catch(missingAsUndefined)
      return found?.isFile() ? toInfo(folder === '' ? name : `${folder}/${name}`, found) : undefined
    })
    for (const info of await Promise.all(group)) if (info !== undefined) infos.push(info)
  }
  return infos
}

function missingAsEmpty(error: unknown): [] {
  if (errnoOf(error) === 'ENOENT') return []
  throw error
}

function missingAsUndefined(error: unknown): undefined {
  if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ELOOP') return undefined
  throw error
}

function toInfo(path: string, found: { readonly size: number; readonly mtimeMs: number }): ObjectInfo {
  return { path, bytes: found.size, modifiedMs: found.mtimeMs }
}

/**
 * File descriptors and callbacks, not the handles of `fs/promises`: a history is thousands of small files, and those cost a
 * third more.
 */
async function withFile<Result>(path: string, use: (file: number, found: Stats) => Promise<Result>): Promise<Result> {
  const file = await settle<number>((done) => open(path, READ_FLAGS, done))
  try {
    const found = await settle<Stats>((done) => fstat(file, done))
    if (!found.isFile()) throw new AppError({ code: 'not-found', message: `${path} is not a file.`, detail: { path } })
    return await use(file, found)
  } finally {
    // Nothing was written, so nothing can be lost by it, and nobody needs to wait.
    close(file, () => {})
  }
}

/** Reads [start, end); shorter when the file turns out to be. */
async function readBytes(file: number, start: number, end: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(Math.max(0, end - start))
  let filled = 0
  while (filled < buffer.length) {
    const offset = filled
    const bytesRead = await settle<number>((done) =>
      read(file, buffer, offset, buffer.length - offset, start + offset, done),
    )
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return filled === buffer.length ? buffer : buffer.subarray(0, filled)
}

function settle<T>(run: (done: (error: NodeJS.ErrnoException | null, value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    run((error, value) => (error === null ? resolve(value) : reject(error)))
  })
}

async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  try {
    await writeFile(path, bytes, { flag: 'wx' })
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error
    throw new AppError({ code: 'internal', message: `${path} is already there.`, detail: 'exists' }, { cause: error })
  }
}

function tooLarge(path: string, bytes: number, maxBytes: number): AppError {
  return new AppError({
    code: 'too-large',
    message: `${path} has ${bytes} bytes, more than the ${maxBytes} Tiltyard reads at once.`,
    detail: { path, bytes, maxBytes },
  })
}

import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import type { EnginePaths } from '../context.ts'
import { errnoOf, fileError } from '../store/errno.ts'
import { readJsonFile, writeJsonFile } from '../store/json-file.ts'

export interface UploadFile {
  /** Relative, `/`-separated. */
  readonly path: string
  readonly bytes: number
}

/** What is kept of an upload beside its files. */
export interface UploadRecord {
  readonly version: 1
  readonly files: readonly UploadFile[]
  readonly isFinished: boolean
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function uploadsFolder(paths: EnginePaths): string {
  return join(paths.dataDir, 'uploads')
}

/** Folder of one upload; `upload-not-found` for what is no id of ours, so that no id is a way to another folder. */
export function uploadFolder(paths: EnginePaths, id: string): string {
  if (!ID.test(id)) throw uploadNotFound(id)
  return join(uploadsFolder(paths), id)
}

/** Where the files of an upload are. */
export function filesFolder(folder: string): string {
  return join(folder, 'files')
}

export async function createUpload(paths: EnginePaths, files: readonly UploadFile[]): Promise<string> {
  const id = randomUUID()
  const folder = uploadFolder(paths, id)
  await mkdir(filesFolder(folder), { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw fileError(error, folder)
  })
  await writeRecord(folder, { version: 1, files, isFinished: false })
  return id
}

export function writeRecord(folder: string, record: UploadRecord): Promise<void> {
  return writeJsonFile(join(folder, 'upload.json'), record)
}

/** The record of an upload; undefined when there is none or none of ours. */
export async function readRecord(folder: string): Promise<UploadRecord | undefined> {
  const value = await readJsonFile(join(folder, 'upload.json')).catch(() => undefined)
  if (typeof value !== 'object' || value === null || !('version' in value) || value.version !== 1) return undefined
  return value as UploadRecord
}

/** Adds a part at the end of a file; the file's size is the one truth of what has come, also after a crash. */
export async function appendPart(folder: string, file: UploadFile, offset: number, bytes: Uint8Array): Promise<number> {
  const path = join(filesFolder(folder), file.path)
  try {
    if (offset === 0) await mkdir(dirname(path), { recursive: true })
    const handle = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW)
    try {
      const received = (await handle.stat()).size
      checkPart(file, received, offset, bytes.byteLength)
      for (let done = 0; done < bytes.byteLength;) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, offset + done)
        done += bytesWritten
      }
      return offset + bytes.byteLength
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw fileError(error, path)
  }
}

function checkPart(file: UploadFile, received: number, offset: number, byteLength: number): void {
  if (offset !== received) {
    throw new AppError({
      code: 'invalid-input',
      message: `Parts of ${file.path} have to come in order: ${received} bytes are here, this part begins at ${offset}.`,
      detail: { path: file.path, received, offset },
    })
  }
  if (offset + byteLength > file.bytes) {
    throw new AppError({
      code: 'invalid-input',
      message: `${file.path} was announced with ${file.bytes} bytes, and this part goes beyond.`,
      hint: 'The file may have changed while it was read. Upload it again.',
      detail: { path: file.path, announced: file.bytes, offset, byteLength },
    })
  }
}

/** Bytes that have come of a file. */
export async function receivedBytes(folder: string, file: UploadFile): Promise<number> {
  const path = join(filesFolder(folder), file.path)
  try {
    return (await stat(path)).size
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return 0
    throw fileError(error, path)
  }
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch((error: unknown) => {
    throw fileError(error, folder)
  })
}

export function uploadNotFound(id: string): AppError {
  return new AppError({
    code: 'upload-not-found',
    message: 'There is no such upload.',
    hint: 'It was discarded, or an interrupted one was removed. Drop the files again.',
    detail: { upload: id.slice(0, 64) },
  })
}

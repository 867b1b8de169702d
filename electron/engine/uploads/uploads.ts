import { AppError } from '#shared/errors.ts'
import type { EnginePaths } from '../context.ts'
import { freeDiskBytes } from '../store/free-disk.ts'
import { checkUploadPaths } from './check-paths.ts'
import {
  appendPart,
  createUpload,
  readRecord,
  receivedBytes,
  removeFolder,
  type UploadFile,
  uploadFolder,
  uploadNotFound,
  type UploadRecord,
  uploadsFolder,
  writeRecord,
} from './upload.ts'

/** Most bytes of one part: far below what a message may hold, and small enough that progress moves. */
export const MAX_PART_BYTES = 1024 * 1024
/** A volume is not filled to its last byte. */
const RESERVE_BYTES = 256 * 1024 * 1024

export interface Uploads {
  begin(files: readonly UploadFile[]): Promise<{ readonly upload: string }>
  write(part: {
    readonly upload: string
    readonly file: number
    readonly offset: number
    readonly bytes: Uint8Array
  }): Promise<{ readonly received: number }>
  finish(upload: string): Promise<{ readonly files: number; readonly bytes: number }>
  discard(upload: string): Promise<null>
}

interface OpenUpload {
  record: UploadRecord
  /** What is being done to it; the next waits for it. */
  turn: Promise<unknown>
}

/** Uploads of one engine. What is on disk decides: an engine that starts again goes on with them. */
export function createUploads(paths: EnginePaths, freeBytes = freeDiskBytes): Uploads {
  const known = new Map<string, Promise<OpenUpload>>()

  const load = async (id: string): Promise<OpenUpload> => {
    const record = await readRecord(uploadFolder(paths, id))
    if (record === undefined) throw uploadNotFound(id)
    return { record, turn: Promise.resolve() }
  }
  /** Runs work on an upload when everything asked for before is done. */
  const inTurn = async <T>(id: string, work: (upload: OpenUpload, folder: string) => Promise<T>): Promise<T> => {
    const folder = uploadFolder(paths, id)
    const opening = known.get(id) ?? load(id)
    known.set(id, opening)
    opening.catch(() => known.delete(id))
    const upload = await opening
    const result = upload.turn.then(() => work(upload, folder))
    upload.turn = result.catch(() => undefined)
    return result
  }

  return {
    async begin(files) {
      checkUploadPaths(files.map(({ path }) => path))
      checkRoom(
        files.reduce((sum, { bytes }) => sum + bytes, 0),
        await freeBytes(uploadsFolder(paths)),
      )
      return { upload: await createUpload(paths, files) }
    },
    async write({ upload: id, file: index, offset, bytes }) {
      if (bytes.byteLength > MAX_PART_BYTES) throw partTooLarge(bytes.byteLength)
      return inTurn(id, async ({ record }, folder) => {
        const file = record.files[index]
        if (file === undefined) throw noSuchFile(index, record.files.length)
        if (record.isFinished) throw isOver()
        return { received: await appendPart(folder, file, offset, bytes) }
      })
    },
    finish: (id) =>
      inTurn(id, async (upload, folder) => {
        const { files } = upload.record
        for (const file of files) {
          // An empty file has no part that could have made it.
          const received =
            file.bytes === 0 ? await appendPart(folder, file, 0, EMPTY) : await receivedBytes(folder, file)
          if (received !== file.bytes) throw incomplete(file, received)
        }
        const record: UploadRecord = { ...upload.record, isFinished: true }
        await writeRecord(folder, record)
        upload.record = record
        return { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }
      }),
    discard: (id) =>
      inTurn(id, async (_upload, folder) => {
        known.delete(id)
        await removeFolder(folder)
        return null
      }),
  }
}

const EMPTY = new Uint8Array(0)

function checkRoom(bytes: number, free: number | null): void {
  if (free === null || bytes + RESERVE_BYTES <= free) return
  throw new AppError({
    code: 'disk-full',
    message: 'The machine Tiltyard runs on has no room for these files.',
    hint: 'Free some space there, or upload fewer files at once.',
    detail: { neededBytes: bytes, freeBytes: free },
  })
}

function partTooLarge(byteLength: number): AppError {
  return new AppError({
    code: 'too-large',
    message: 'A part of an upload has at most 1 MB.',
    hint: 'Send the file in smaller parts.',
    detail: { byteLength, limit: MAX_PART_BYTES },
  })
}

function noSuchFile(file: number, files: number): AppError {
  return new AppError({
    code: 'invalid-input',
    message: `The upload has ${files} files, numbered from 0; there is no number ${file}.`,
  })
}

function isOver(): AppError {
  return new AppError({ code: 'invalid-input', message: 'The upload is finished; nothing can be added to it.' })
}

function incomplete(file: UploadFile, received: number): AppError {
  return new AppError({
    code: 'invalid-input',
    message: `${file.path} has not come in full: ${received} of ${file.bytes} bytes.`,
    hint: 'Send what is missing, or discard the upload.',
    detail: { path: file.path, received, bytes: file.bytes },
  })
}

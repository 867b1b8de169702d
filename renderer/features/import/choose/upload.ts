import { AppError } from '#shared/errors.ts'
import type { Api } from '#renderer/bridge/index.ts'
import type { LocalFile } from './dropped.ts'

/** Bytes of a part, and parts on their way at a time: progress moves, and the line is never idle. */
export const PART_BYTES = 512 * 1024
const PARTS_IN_FLIGHT = 4

export interface UploadProgress {
  readonly bytes: number
  readonly totalBytes: number
  readonly files: number
  readonly totalFiles: number
  /** Path of the file being sent. */
  readonly current: string
}

export interface UploadOptions {
  readonly signal: AbortSignal
  readonly onProgress: (progress: UploadProgress) => void
}

/** Sends files to the engine's machine; the id of the finished upload. What came of a failed or cancelled one is removed. */
export async function uploadFiles(api: Api, files: readonly LocalFile[], options: UploadOptions): Promise<string> {
  const { signal, onProgress } = options
  const totalBytes = files.reduce((sum, { file }) => sum + file.size, 0)
  const announced = files.map(({ file, path }) => ({ path, bytes: file.size }))
  const { upload } = await api.call('uploads.begin', { files: announced }, { signal })
  let bytes = 0
  const sending = new Set<Promise<unknown>>()
  try {
    for (const [index, { file, path }] of files.entries()) {
      const tell = (): void => onProgress({ bytes, totalBytes, files: index, totalFiles: files.length, current: path })
      tell()
      for (let offset = 0; offset < file.size; offset += PART_BYTES) {
        throwIfCancelled(signal)
        const part = await readPart(file, path, offset)
        const sent = api.call('uploads.write', { upload, file: index, offset, bytes: part }, { signal }).then(() => {
          bytes += part.byteLength
          tell()
        })
        // Watched by the race below, or by `all` at the end; never left without a handler in between.
        sent.catch(() => undefined)
        sending.add(sent)
        void sent.then(
          () => sending.delete(sent),
          () => undefined,
        )
        if (sending.size >= PARTS_IN_FLIGHT) await Promise.race(sending)
      }
    }
    await Promise.all(sending)
    throwIfCancelled(signal)
    await api.call('uploads.finish', { upload }, { signal })
    onProgress({ bytes, totalBytes, files: files.length, totalFiles: files.length, current: '' })
    return upload
  } catch (error) {
    discardUpload(api, upload)
    throw error
  }
}

/** Removes an upload nobody needs any more. Tidying up: an engine that is gone removes it at its next start. */
export function discardUpload(api: Api, upload: string): void {
  api.call('uploads.discard', { upload }).catch(() => undefined)
}

async function readPart(file: File, path: string, offset: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.slice(offset, offset + PART_BYTES).arrayBuffer())
  } catch (cause) {
    throw new AppError(
      {
        code: 'unreadable-source',
        message: `The browser could not read ${path}.`,
        hint: 'It may have been moved or changed since it was dropped. Drop it again.',
      },
      { cause },
    )
  }
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError({ code: 'cancelled', message: 'The upload was cancelled.' })
}

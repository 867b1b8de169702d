import { AppError } from '#shared/errors.ts'
import type { EnginePaths } from '../context.ts'
import { filesFolder, readRecord, removeFolder, uploadFolder, uploadNotFound } from './upload.ts'

/** Folder that holds the files of a finished upload. `upload-not-found`; `invalid-input` while it is not finished. */
export async function resolveUpload(paths: EnginePaths, id: string): Promise<string> {
  const folder = uploadFolder(paths, id)
  const record = await readRecord(folder)
  if (record === undefined) throw uploadNotFound(id)
  if (record.isFinished) return filesFolder(folder)
  throw new AppError({
    code: 'invalid-input',
    message: 'The upload has not come in full yet.',
    hint: 'Wait until it is finished, or drop the files again.',
    detail: { upload: id },
  })
}

/** Removes an upload that has served, if it is still there. */
export async function removeUpload(paths: EnginePaths, id: string): Promise<void> {
  await removeFolder(uploadFolder(paths, id))
}

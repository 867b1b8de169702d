import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import type { OpenDataset } from '../../context.ts'

/** `read-only` when files of a folder of the dataset cannot be moved or made. */
export async function checkWritableFolder(dataset: OpenDataset, folder: string): Promise<void> {
  try {
    await access(join(dataset.location, folder), constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new AppError(
      {
        code: 'read-only',
        message: `Tiltyard may not write into ${join(dataset.location, folder)}; nothing was changed.`,
        hint: 'Ask for write permission on it.',
      },
      { cause },
    )
  }
}

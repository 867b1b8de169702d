import { readdir, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { fileError } from '../store/errno.ts'

/** Name of a dataset: the last part of its path without `.lance`. */
export function datasetName(location: string): string {
  const name = basename(location)
  const plain = name.replace(/\.lance$/, '')
  return plain === '' ? name || location : plain
}

/** Refuses anything but a folder that can be listed, each with its own sentence. `location` has its links resolved. */
export async function checkFolder(location: string): Promise<void> {
  const found = await stat(location).catch((error: unknown) => {
    throw fileError(error, location)
  })
  if (found.isDirectory()) return
  throw new AppError({
    code: 'not-a-directory',
    message: `${location} is a file. A Lance dataset is a folder.`,
    hint: 'Choose the folder that holds "_versions" and "data".',
    detail: { path: location },
  })
}

/** Says why a folder without a single manifest is no dataset. */
export async function explainNoDataset(location: string): Promise<AppError> {
  const names = await readdir(location).catch((error: unknown) => fileError(error, location))
  if (names instanceof AppError) return names
  const detail = { path: location }
  if (names.length === 0) {
    return new AppError({
      code: 'empty-folder',
      message: `The folder ${location} is empty.`,
      hint: 'Choose a folder with a Lance dataset in it.',
      detail,
    })
  }
  const hasParts = names.includes('_versions') || names.includes('data') || names.includes('_transactions')
  if (hasParts || location.endsWith('.lance')) {
    return new AppError({
      code: 'not-a-dataset',
      message: `${location} looks like a Lance dataset but has no version: there is no manifest in "_versions".`,
      hint: 'It may be half copied, or still being made. Copy it again, or restore "_versions" from a backup.',
      detail,
    })
  }
  return new AppError({
    code: 'not-a-dataset',
    message: `${location} is not a Lance dataset: it has no "_versions" folder.`,
    hint: 'To see the datasets inside it, search the folder instead of opening it.',
    detail,
  })
}

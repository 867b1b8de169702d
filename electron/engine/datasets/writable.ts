import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import type { OpenDataset } from '../context.ts'
import { branchFolder, joinPath } from '../format/names.ts'
import { describeFlags } from '../format/flags.ts'
import { errnoOf } from '../store/errno.ts'
import { isUnreadable } from './problems.ts'

/**
 * Refuses a write before anything of it begins: a dataset Tiltyard may not write (`read-only`), one whose newest version
 * cannot be read, since every commit builds on it, and one only a newer Lance may write (`unsupported-format`). `folders`
 * are those the write adds to or removes from, from the dataset's root.
 */
export async function checkWritable(
  dataset: OpenDataset,
  branch: string | undefined,
  folders: readonly string[],
): Promise<void> {
  for (const folder of ['', ...folders]) await checkFolder(dataset, join(dataset.location, folder))
  await checkNewest(dataset, undefined)
  if (branch !== undefined) await checkNewest(dataset, branch)
}

/** Folders a commit on a branch writes into. */
export function commitFolders(branch: string | undefined): readonly string[] {
  return ['_versions', '_transactions'].map((name) => joinPath(branchFolder(branch), name))
}

/** A folder that is not there yet is made in the nearest one above that is. */
async function checkFolder(dataset: OpenDataset, folder: string): Promise<void> {
  try {
    await access(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'ENOENT' && folder !== dataset.location) return checkFolder(dataset, dirname(folder))
    if (errno !== 'EACCES' && errno !== 'EPERM' && errno !== 'EROFS') throw gone(dataset, error)
    throw readOnly(dataset, folder, error)
  }
}

async function checkNewest(dataset: OpenDataset, branch: string | undefined): Promise<void> {
  const at = await dataset.resolve(branch === undefined ? undefined : { branch })
  const manifest = await dataset.manifest(at).catch((error: unknown) => {
    throw isUnreadable(error) ? noBasis(error, at.version, branch) : error
  })
  if (describeFlags(manifest.writerFlags, 0).unknownReaderBits.length === 0) return
  throw new AppError({
    code: 'unsupported-format',
    message: `Version ${at.version} uses features of a newer Lance that this build may not write; nothing was changed.`,
    hint: 'Update Tiltyard, or write with the tool that made the dataset.',
    detail: { version: at.version, writerFlags: manifest.writerFlags },
  })
}

function noBasis(error: AppError, version: number, branch: string | undefined): AppError {
  const where = branch === undefined ? '' : ` of branch "${branch}"`
  return new AppError(
    {
      code: error.code,
      message: `Nothing can be written: the newest version${where}, ${version}, cannot be read, and Lance builds every change on it.`,
      hint: 'Restore its manifest from a backup. Older versions can be looked at meanwhile.',
      detail: { ...(error.detail as object | undefined), reason: error.message },
    },
    { cause: error },
  )
}

function readOnly(dataset: OpenDataset, path: string, cause: unknown): AppError {
  return new AppError(
    {
      code: 'read-only',
      message: `Tiltyard may not write into ${dataset.name}; nothing was changed.`,
      hint: `Ask for write permission on ${path}.`,
      detail: { path, errno: errnoOf(cause) },
    },
    { cause },
  )
}

function gone(dataset: OpenDataset, cause: unknown): AppError {
  return new AppError(
    {
      code: 'not-found',
      message: `The dataset ${dataset.name} is gone from ${dataset.location}.`,
      hint: 'It was moved, renamed or deleted. Open it where it is now.',
      detail: { path: dataset.location, errno: errnoOf(cause) },
    },
    { cause },
  )
}

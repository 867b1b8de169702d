import { AppError } from '#shared/errors.ts'
import type { OpenDataset, ResolvedRef } from '../context.ts'
import { checkWritable, commitFolders, findMissingFiles } from '../datasets/index.ts'
import type { nativeWriterFor } from '../lance/index.ts'

export interface RestoreWrite {
  readonly dataset: OpenDataset
  readonly writer: ReturnType<typeof nativeWriterFor>
  readonly signal: AbortSignal
}

/**
 * Commits a version with the content of an older one of the same branch; everything in between stays, so restoring the
 * version that was newest before undoes it. Refuses the newest version (`invalid-input`), versions that are gone
 * (`version-not-found`) or cannot be read, and datasets that cannot be written. With an expected newest version, any
 * other is a `commit-conflict`.
 */
export function restoreVersion(
  { dataset, writer, signal }: RestoreWrite,
  at: { readonly branch: string | undefined; readonly version: number },
  expectedNewest?: number,
): Promise<{ readonly version: number }> {
  return writer.inTurn(dataset, signal, async () => {
    const { branch, version } = at
    const newest = await dataset.resolve(branch === undefined ? undefined : { branch })
    const old = await dataset.resolve(branch === undefined ? { version } : { branch, version })
    if (expectedNewest !== undefined && newest.version !== expectedNewest) throw isNewer(newest, expectedNewest)
    if (old.version === newest.version) throw isNewest(newest)
    await checkWritable(dataset, branch, commitFolders(branch))
    await checkComplete(dataset, old)
    signal.throwIfAborted()
    return { version: await writer.restore(dataset, old) }
  })
}

/** Lance would commit a version whose rows cannot be read. */
async function checkComplete(dataset: OpenDataset, at: ResolvedRef): Promise<void> {
  const missing = await findMissingFiles(dataset.store, at.branch, await dataset.manifest(at))
  const [first] = missing
  if (first === undefined) return
  throw new AppError({
    code: 'missing-file',
    message: `Version ${at.version} cannot be restored: the file ${first} is missing.`,
    hint: 'Restore the file from a backup first, or choose another version.',
    detail: { version: at.version, files: missing },
  })
}

function isNewest({ branch, version }: ResolvedRef): AppError {
  const where = branch === undefined ? '' : ` of branch "${branch}"`
  return new AppError({
    code: 'invalid-input',
    message: `Version ${version} is the newest${where} already; there is nothing to restore.`,
    hint: 'Choose an older version.',
    detail: { version },
  })
}

/** Somebody committed since a person looked. */
export function isNewer({ version }: Pick<ResolvedRef, 'version'>, expected: number): AppError {
  return new AppError({
    code: 'commit-conflict',
    message: `Version ${version} is the newest now, not ${expected}: somebody committed since you looked.`,
    hint: 'Look at what it changed, then decide again.',
    detail: { newest: version, expected },
  })
}

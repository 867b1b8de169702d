import { AppError } from '#shared/errors.ts'
import { describeFlags } from '../format/flags.ts'
import type { Manifest } from '../format/types.ts'

/** Names the version in a decoder's complaint; other errors pass through. */
export function withVersion(error: unknown, version: number, path: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'corrupt-manifest') return error
  const message = error.message.replace(/^The manifest/, `The manifest of version ${version}`)
  return new AppError({ code: error.code, message, detail: { version, path } }, { cause: error })
}

/** True for a manifest that is there and cannot be used: damaged, of a newer Lance, or not ours to read. */
export function isUnreadable(error: unknown): error is AppError {
  if (!(error instanceof AppError)) return false
  return ['corrupt-manifest', 'unsupported-format', 'permission-denied'].includes(error.code)
}

/** Adds what to do about a newest manifest that cannot be used. */
export function withFallback(error: AppError, readableVersion: number | undefined): AppError {
  const value = error.toValue()
  const detail = { ...(value.detail as object | undefined), readableVersion }
  if (error.code !== 'corrupt-manifest') {
    if (readableVersion === undefined) return error
    const hint = `${value.hint ?? ''} Version ${readableVersion} can be read.`.trim()
    return new AppError({ ...value, hint, detail }, { cause: error })
  }
  const hint =
    readableVersion === undefined
      ? 'No older version could be read either. Restore the file from a backup.'
      : `Version ${readableVersion} still reads. Look at that version, or restore the damaged file from a backup.`
  return new AppError({ ...value, hint, ...(readableVersion === undefined ? {} : { detail }) }, { cause: error })
}

/** Refuses data that only a newer Lance reads rightly; what the manifest says of it goes along as detail. */
export function checkFlags(manifest: Manifest): void {
  const { unknownReaderBits } = describeFlags(manifest.readerFlags, manifest.writerFlags)
  if (unknownReaderBits.length === 0) return
  const writer = manifest.writer === null ? 'a newer Lance' : `${manifest.writer.library} ${manifest.writer.version}`
  throw new AppError({
    code: 'unsupported-format',
    message: `Version ${manifest.version} uses features of a newer Lance that this build cannot read (feature bits ${unknownReaderBits.join(', ')}).`,
    hint: `It was written by ${writer}. Update Tiltyard, or open it with the tool that wrote it.`,
    detail: {
      version: manifest.version,
      unknownReaderBits,
      fragments: manifest.fragments.length,
      rows: manifest.fragments.reduce((sum, it) => sum + it.physicalRows - (it.deletion?.deletedRows ?? 0), 0),
    },
  })
}

/** `version-not-found`; `kept` are the versions there are, newest first. */
export function versionNotFound(version: number, kept: readonly number[], branch: string | undefined): AppError {
  const [newest, oldest] = [kept.at(0), kept.at(-1)]
  const isOld = newest !== undefined && version < newest
  const where = branch === undefined ? '' : ` of branch "${branch}"`
  return new AppError({
    code: 'version-not-found',
    message: isOld ? `Version ${version}${where} has been cleaned up.` : `There is no version ${version}${where} yet.`,
    hint: rangeHint(newest, oldest),
    detail: { version, newest, oldest },
  })
}

function rangeHint(newest: number | undefined, oldest: number | undefined): string {
  if (newest === undefined) return 'Open the dataset again.'
  return newest === oldest ? `The only version is ${newest}.` : `Choose a version between ${oldest} and ${newest}.`
}

/** `ref-not-found` for a tag or a branch. */
export function refNotFound(kind: 'tag' | 'branch', name: string): AppError {
  return new AppError({
    code: 'ref-not-found',
    message: `There is no ${kind} "${name}".`,
    hint: 'It may have been deleted. Refresh the list of versions.',
    detail: { [kind]: name },
  })
}

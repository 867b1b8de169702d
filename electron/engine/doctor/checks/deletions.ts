import { AppError, toErrorValue } from '#shared/errors.ts'
import { formatCount, formatNoun } from '#shared/model/format.ts'
import { decodeDeletionVector } from '../../format/deletion-vector.ts'
import { isInside } from '../../store/local-path.ts'
import { toFinding } from '../finding.ts'
import type { NamedDeletion } from '../named-files.ts'
import { inGroups, type Check } from './check.ts'
import { offerCopy, offerRestore } from './offers.ts'

const MAX_FILE_BYTES = 256 * 1024 * 1024

/** Every deletion file decodes, has as many rows as the version says, and none beyond its fragment. */
export const checkDeletions: Check = async ({ survey, pace, root, counted }) => {
  const bad: { readonly file: NamedDeletion; readonly line: string; readonly manifests: readonly string[] }[] = []
  const { deletions } = survey.files
  await inGroups(deletions, pace, async (file) => {
    const { store, shown } = file
    if (store === undefined || (root !== undefined && !file.isInside && !isInside(root, store.root))) return
    counted(shown)
    const problem = await problemOf(file)
    if (problem !== undefined) bad.push({ file, line: `${shown}: ${problem.text}`, manifests: problem.manifests })
  })
  if (bad.length === 0) {
    const title = `${formatNoun(deletions.length, 'deletion file')} decode${deletions.length === 1 ? 's' : ''} and agree${deletions.length === 1 ? 's' : ''} with the versions.`
    return [toFinding('deletion-files', 'pass', { title })]
  }
  const isCurrent = bad.some(({ file }) => file.isCurrent)
  const paths = bad.flatMap(({ file, manifests }) => [file.shown, ...manifests])
  return [
    toFinding('deletion-files', 'fail', {
      title: `${formatNoun(bad.length, 'deletion file')} ${bad.length === 1 ? 'is' : 'are'} missing or damaged.`,
      evidence: bad.map(({ line }) => line),
      remedy:
        'Restore the files from a backup: without them nobody knows which rows are deleted, and scans of these versions fail.',
      paths,
      repairs: isCurrent ? [...offerRestore(survey, new Set(paths)), ...offerCopy(survey)] : [],
    }),
  ]
}

async function problemOf(
  file: NamedDeletion,
): Promise<{ readonly text: string; readonly manifests: readonly string[] } | undefined> {
  const { store, path, type, physicalRows, deletedRows } = file
  try {
    const bytes = await store?.read(path, MAX_FILE_BYTES)
    if (bytes === undefined) return undefined
    const offsets = decodeDeletionVector(bytes, type, physicalRows === 0 ? undefined : physicalRows)
    const wrong = [...deletedRows].filter(([recorded]) => recorded !== offsets.length)
    if (wrong.length > 0) {
      const recorded = wrong[0]?.[0] ?? 0
      return {
        text: `it deletes ${formatNoun(offsets.length, 'row')}, and ${formatCount(recorded)} were recorded.`,
        manifests: deletedRows.size > 1 ? wrong.map(([, manifest]) => manifest) : [],
      }
    }
    const last = offsets.at(-1)
    if (last === undefined || physicalRows === 0 || last < physicalRows) return undefined
    return {
      text: `it deletes row ${formatCount(last)} of a fragment with ${formatNoun(physicalRows, 'row')}.`,
      manifests: [],
    }
  } catch (error) {
    const isMissing = error instanceof AppError && error.code === 'not-found'
    return { text: isMissing ? 'it is missing.' : toErrorValue(error).message, manifests: [] }
  }
}

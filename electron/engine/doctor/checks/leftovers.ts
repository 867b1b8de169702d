import { formatBytes, formatNoun } from '#shared/model/format.ts'
import { createClassifier } from '../../storage/index.ts'
import { toFinding } from '../finding.ts'
import type { Survey } from '../survey.ts'
import type { Check } from './check.ts'

/** A file of no version this young may belong to a write that goes on. */
const MIN_AGE_MS = 24 * 60 * 60 * 1000
/** What one repair removes at most; the rest is offered by the next check. */
const MAX_OFFERED = 100_000

export interface Unused {
  readonly path: string
  readonly bytes: number
  readonly isYoung: boolean
}

/** Files of no version that reads; empty when some metadata does not read, since what it names is not known then. */
export function findUnused(survey: Survey): { readonly isCertain: boolean; readonly files: readonly Unused[] } {
  const { snapshot, broken } = survey
  const classify = createClassifier(snapshot.references)
  const known = new Set(snapshot.references.lines.map(({ folder }) => folder))
  // A folder of a branch whose file is gone is no rubbish.
  const isKnown = (folder: string): boolean => folder === '' || known.has(folder)
  const files = snapshot.files
    .filter(
      (file) =>
        isKnown(file.placed.folder) && classify(file).class === 'abandoned' && file.placed.kind !== 'detached-manifest',
    )
    .map(({ path, bytes, modifiedMs }) => ({
      path,
      bytes,
      isYoung: snapshot.takenMs - modifiedMs < MIN_AGE_MS,
    }))
  const hasOrphans = snapshot.files.some(({ placed }) => placed.kind === 'manifest' && !isKnown(placed.folder))
  return {
    isCertain: broken.length === 0 && snapshot.unreadable.length === 0 && !hasOrphans && survey.skipped === 0,
    files,
  }
}

/** Files that belong to no version: stopped writes, abandoned commits. */
export const checkLeftovers: Check = ({ survey }) => {
  const { isCertain, files } = findUnused(survey)
  if (files.length === 0) return [toFinding('leftovers', 'pass', { title: 'Every file belongs to a version.' })]
  const old = files.filter(({ isYoung }) => !isYoung)
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const young = files.length - old.length
  return [
    toFinding('leftovers', 'warn', {
      title: `${formatNoun(files.length, 'file')} of ${formatBytes(bytes)} ${files.length === 1 ? 'belongs' : 'belong'} to no version${isCertain ? '' : ' that can be read'}.`,
      evidence: [
        ...(young === 0
          ? []
          : [
              `${formatNoun(young, 'file')} ${young === 1 ? 'is' : 'are'} younger than a day and may belong to a write that goes on.`,
            ]),
        ...files.map((file) => `${file.path}, ${formatBytes(file.bytes)}`),
      ],
      remedy: isCertain
        ? 'They only take space. Remove those older than a day, or clean up the dataset.'
        : 'Leave them until everything else is in order: a manifest that does not read may need them.',
      paths: files.map(({ path }) => path),
      repairs:
        isCertain && old.length > 0
          ? [
              {
                repair: { kind: 'remove-files', paths: old.slice(0, MAX_OFFERED).map(({ path }) => path) },
                title: `Remove ${formatNoun(Math.min(old.length, MAX_OFFERED), 'file')} of no version`,
                consequence: 'Each is looked up again before it goes; it cannot be undone.',
              },
            ]
          : [],
    }),
  ]
}

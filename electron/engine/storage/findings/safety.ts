import { formatExactBytes, formatNoun } from '#shared/model/format.ts'
import type { Finding } from '#shared/model/storage.ts'
import { describeFlags } from '../../format/flags.ts'
import type { Line } from '../references/model.ts'
import { listSome, type Check } from './context.ts'

/** Files a version names that are not there. */
const findMissing: Check = ({ state }) => {
  const missing = state?.missing ?? []
  if (missing.length === 0) return []
  return [
    {
      kind: 'missing-files',
      severity: 'problem',
      title: `${formatNoun(missing.length, 'file')} of version ${state?.manifest.version ?? ''} ${missing.length === 1 ? 'is' : 'are'} missing.`,
      evidence: listSome(missing),
      remedy: 'Restore the files from a backup, or go back to a version that does not need them.',
      action: 'restore-files',
      paths: missing,
    },
  ]
}

/** Data files that were cut off or written over. */
const findResized: Check = ({ state }) => {
  const resized = state?.resized ?? []
  if (resized.length === 0) return []
  return [
    {
      kind: 'missing-files',
      severity: 'problem',
      title: `${formatNoun(resized.length, 'file')} of version ${state?.manifest.version ?? ''} ${resized.length === 1 ? 'does not have the size it was' : 'do not have the size they were'} written with.`,
      evidence: listSome(
        resized.map(
          ({ path, bytes, recordedBytes }) =>
            `${path} has ${formatExactBytes(bytes)}, the version recorded ${formatExactBytes(recordedBytes)}.`,
        ),
      ),
      remedy: 'Restore the files from a backup, or go back to a version that does not need them.',
      action: 'restore-files',
      paths: resized.map(({ path }) => path),
    },
  ]
}

/** Index segments that are not where the version says. */
const findMissingIndices: Check = ({ state }) => {
  const missing = state?.missingSegments ?? []
  const names = [...new Set(missing.map(({ index }) => index))]
  if (names.length === 0) return []
  return [
    {
      kind: 'missing-files',
      severity: 'problem',
      title: `${formatNoun(names.length, 'index', 'indices')} of version ${state?.manifest.version ?? ''} cannot be opened: files are missing.`,
      evidence: listSome(
        missing.map(({ index, path, isWhole, foundAt }) =>
          foundAt === undefined
            ? `Index ${index}: there is ${isWhole ? `nothing in ${path}` : `no ${path}`}.`
            : `Index ${index}: LanceDB looks in ${path}, but it lies in ${foundAt}. Compaction of a branch leaves it so.`,
        ),
      ),
      remedy: 'Rebuild the index: searches that would use it fail or go without.',
      action: 'rebuild-index',
      indices: names,
      paths: missing.map(({ path }) => path),
    },
  ]
}

/** Manifests, tags, branches and folders that could not be read. */
const findUnreadable: Check = ({ snapshot }) => {
  const { unreadable } = snapshot
  if (unreadable.length === 0) return []
  const isClosed = unreadable.every(({ error }) => error.code === 'permission-denied')
  return [
    {
      kind: 'unreadable-manifests',
      severity: 'problem',
      title: `${formatNoun(unreadable.length, 'metadata file or folder', 'metadata files or folders')} cannot be read.`,
      evidence: listSome(unreadable.map(({ path, error }) => `${path}: ${error.message}`)),
      remedy: isClosed
        ? 'Ask for permission to read them: what lies there is not counted, and LanceDB cannot clean up.'
        : 'Restore them from a backup: LanceDB refuses to clean up while a manifest is damaged.',
      action: isClosed ? null : 'restore-files',
      paths: unreadable.map(({ path }) => path),
    },
  ]
}

/** What branches hold by absolute path: it breaks when the directory moves, and cleanup compares it letter by letter. */
const findBranchPaths: Check = ({ snapshot }) => {
  const { lines } = snapshot.references
  const sound = lines.filter((it) => it.usedFolders.size > 0 && it.foreignBases.length + it.aliases.length === 0)
  return [...lines.flatMap(findBrokenPaths), ...describeAbsolutePaths(sound)]
}

function findBrokenPaths({ branch, aliases, foreignBases }: Line): readonly Finding[] {
  if (branch === undefined) return []
  if (foreignBases.length > 0) {
    return [
      {
        kind: 'absolute-branch-paths',
        severity: 'problem',
        title: `Branch ${branch} looks for files of its parent outside of this dataset.`,
        evidence: foreignBases.map((path) => `It names ${path}.`),
        remedy: 'Move the dataset back to where the branch was made, or read the branch there.',
        action: null,
      },
    ]
  }
  if (aliases.length === 0) return []
  return [
    {
      kind: 'absolute-branch-paths',
      severity: 'problem',
      title: `Cleaning up this dataset by its real path would take files from branch ${branch}.`,
      evidence: aliases.map((path) => `The branch was made by way of ${path}, which LanceDB takes for another place.`),
      remedy: 'Clean up only by the path the branch was made with, or delete the branch first.',
      action: null,
    },
  ]
}

/** One note for all branches: nothing is wrong with them where they are. */
function describeAbsolutePaths(lines: readonly Line[]): readonly Finding[] {
  const branches = lines.flatMap(({ branch, usedFolders }) => (branch === undefined ? [] : [{ branch, usedFolders }]))
  const [first] = branches
  if (first === undefined) return []
  const isOne = branches.length === 1
  return [
    {
      kind: 'absolute-branch-paths',
      severity: 'note',
      title: isOne
        ? `Branch ${first.branch} holds the absolute path of this dataset.`
        : `${formatNoun(branches.length, 'branch', 'branches')} hold the absolute path of this dataset.`,
      evidence: listSome(
        branches.map(
          ({ branch, usedFolders }) =>
            `${isOne ? 'It' : `Branch ${branch}`} uses files of ${[...usedFolders].map((it) => (it === '' ? 'main' : it.slice(5))).join(' and ')}.`,
        ),
      ),
      remedy: `Do not move or copy the directory while ${isOne ? 'the branch is' : 'the branches are'} needed: main would open, ${isOne ? 'the branch' : 'the branches'} would not.`,
      action: null,
    },
  ]
}

/** Feature flags this build does not know or cannot honour. */
const findFlags: Check = ({ state }) => {
  if (state === undefined) return []
  const { manifest } = state
  const { unknownReaderBits } = describeFlags(manifest.readerFlags, 0)
  const unknownWriterBits = describeFlags(manifest.writerFlags, 0).unknownReaderBits
  const writer =
    manifest.writer === null ? 'an unknown writer' : `${manifest.writer.library} ${manifest.writer.version}`
  const isUnreadable = unknownReaderBits.length > 0
  if (!isUnreadable && unknownWriterBits.length === 0) return []
  return [
    {
      kind: 'newer-feature-flags',
      severity: isUnreadable ? 'problem' : 'warning',
      title: isUnreadable
        ? `Version ${manifest.version} uses features this build cannot read.`
        : `Version ${manifest.version} uses features this build must not write.`,
      evidence: [
        `Feature bits ${(isUnreadable ? unknownReaderBits : unknownWriterBits).join(', ')}, written by ${writer}.`,
      ],
      remedy: 'Use a newer build, or the tool that wrote it.',
      action: null,
    },
  ]
}

export const SAFETY_CHECKS: readonly Check[] = [
  findMissing,
  findResized,
  findMissingIndices,
  findUnreadable,
  findBranchPaths,
  findFlags,
]

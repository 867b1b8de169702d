import { formatBytes, formatNoun, formatShare } from '#shared/model/format.ts'
import type { Finding } from '#shared/model/storage.ts'
import { formatRelativeTime } from '#shared/model/time.ts'
import type { StoredFile } from '../gather/snapshot.ts'
import { isLeftByCleanup } from '../paths.ts'
import { listSome, type Check, type FindingContext } from './context.ts'

/** So many old versions, or so large a part of the disk, that somebody should know. */
const MANY_VERSIONS = 100
const LARGE_SHARE = 0.1
const LARGE_BYTES = 1_000_000_000

/** Versions older than LanceDB's own default of seven days that cleaning up would remove. */
const findNeverCleaned: Check = (context) => {
  const { cleanups, nowMs } = context
  const removed = cleanups.reduce((sum, { plan }) => sum + plan.versionsRemoved.length, 0)
  const files = cleanups.flatMap(({ plan }) => plan.files)
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  if (removed === 0) return []
  const oldest = context.snapshot.references.lines
    .flatMap(({ versions }) => versions.slice(0, 1))
    .toSorted((a, b) => (a.timeNs < b.timeNs ? -1 : 1))[0]
  const isMuch = removed >= MANY_VERSIONS || bytes > totalBytes(context) * LARGE_SHARE || bytes > LARGE_BYTES
  return [
    {
      kind: 'never-cleaned',
      severity: isMuch ? 'warning' : 'note',
      title: `${formatNoun(removed, 'version')} older than seven days keep ${formatBytes(bytes)}.`,
      evidence: [
        `${formatShare(bytes, totalBytes(context))} of the directory in ${formatNoun(files.length, 'file')} nothing newer needs.`,
        ...(oldest === undefined
          ? []
          : [`The oldest version, ${oldest.version}, is from ${formatRelativeTime(oldest.timestamp, nowMs)}.`]),
      ],
      remedy: 'Clean up old versions, or tag first what should stay.',
      action: 'clean-up',
      bytes,
    },
  ]
}

/** Tags that make LanceDB refuse to clean up: it fails rather than keep an old tagged version. */
const findBlockingTags: Check = ({ cleanups, nowMs, snapshot }) => {
  const tags = cleanups.flatMap(({ branch, plan }) =>
    (plan.judgement.blockedBy ?? []).map((tag) => ({ branch, ...tag })),
  )
  if (tags.length === 0) return []
  const timeOf = (branch: string | undefined, version: number): string => {
    const line = snapshot.references.lines.find((it) => it.branch === branch)
    const timestamp = line?.versions.find((it) => it.version === version)?.timestamp
    return timestamp === undefined ? '' : `, from ${formatRelativeTime(timestamp, nowMs)}`
  }
  return [
    {
      kind: 'old-tag-blocks-cleanup',
      severity: 'warning',
      title: `${formatNoun(tags.length, 'tag')} on old versions make${tags.length === 1 ? 's' : ''} LanceDB’s optimize fail before it updates indices.`,
      evidence: listSome(
        tags.map(
          ({ branch, name, version }) =>
            `Tag ${name} is on version ${version}${branch === undefined ? '' : ` of ${branch}`}${timeOf(branch, version)}.`,
        ),
      ),
      remedy: 'Clean up with a cut-off that is not later than the oldest tagged version, or delete the tags.',
      action: 'clean-up',
    },
  ]
}

/** Leftovers of writes that failed or were given up, first those cleanup knows, then those it never removes. */
const findAbandoned: Check = (context) => {
  const { abandoned, snapshot } = context
  const left = abandoned.filter(isLeftByCleanup)
  const known = abandoned.filter((file) => !isLeftByCleanup(file))
  const damaged = snapshot.references.lines.reduce((count, { unreadable }) => count + unreadable.length, 0)
  return [
    ...(damaged > 0 ? describeInDoubt(context, known, damaged) : describeAbandoned(context, known)),
    ...describeLeft(context, left),
  ]
}

function describeAbandoned(context: FindingContext, files: readonly StoredFile[]): readonly Finding[] {
  if (files.length === 0) return []
  return [
    {
      ...describeFiles(context, files),
      title: `${formatNoun(files.length, 'file')} of ${formatBytes(sumBytes(files))} belong${files.length === 1 ? 's' : ''} to no version.`,
      remedy: 'Clean up: files of no version go once they are seven days old, younger ones only when asked for.',
      action: 'clean-up',
      bytes: sumBytes(files),
    },
  ]
}

/** What no readable version names may be all that is left of one that cannot be read. */
function describeInDoubt(context: FindingContext, files: readonly StoredFile[], damaged: number): readonly Finding[] {
  if (files.length === 0) return []
  const found = describeFiles(context, files)
  const manifests = damaged === 1 ? 'a manifest that cannot be read' : `${damaged} manifests that cannot be read`
  return [
    {
      ...found,
      severity: 'note',
      title: `${formatNoun(files.length, 'file')} of ${formatBytes(sumBytes(files))} belong${files.length === 1 ? 's' : ''} to no version that can be read.`,
      evidence: [`There ${damaged === 1 ? 'is' : 'are'} ${manifests}, which may need them.`, ...found.evidence],
      remedy: 'Keep these files until the damaged manifests are restored.',
      action: null,
    },
  ]
}

function describeLeft(context: FindingContext, files: readonly StoredFile[]): readonly Finding[] {
  if (files.length === 0) return []
  return [
    {
      ...describeFiles(context, files),
      title: `${formatNoun(files.length, 'unfinished file')} of ${formatBytes(sumBytes(files))} ${files.length === 1 ? 'is' : 'are'} left of writes that were stopped.`,
      remedy: 'LanceDB’s cleanup does not remove them: delete them yourself when no write is under way.',
      action: null,
      bytes: sumBytes(files),
    },
  ]
}

function describeFiles(
  context: FindingContext,
  files: readonly StoredFile[],
): Pick<Finding, 'kind' | 'severity' | 'evidence' | 'paths'> {
  const bytes = sumBytes(files)
  const newest = files.reduce((latest, file) => Math.max(latest, file.modifiedMs), 0)
  return {
    kind: 'abandoned-files',
    severity: bytes > totalBytes(context) * LARGE_SHARE || bytes > LARGE_BYTES ? 'warning' : 'note',
    evidence: [
      `The newest is from ${formatRelativeTime(new Date(newest).toISOString(), context.nowMs)}; a write that is still under way looks the same.`,
      ...listSome(files.map((file) => `${file.path}, ${formatBytes(file.bytes)}`)),
    ],
    paths: files.map(({ path }) => path),
  }
}

/** Below this, manifests are small whatever the data. */
const HEAVY_MANIFEST_BYTES = 1_000_000

/** Manifests that together outweigh the data: each repeats the whole list of fragments. */
const findHeavyManifests: Check = ({ snapshot, state }) => {
  const sumOf = (kind: string): number =>
    snapshot.files.reduce((sum, file) => sum + (file.placed.kind === kind ? file.bytes : 0), 0)
  const recorded = (state?.manifest.fragments ?? []).flatMap((fragment) => fragment.files)
  // Data may lie where the listing does not reach: in another dataset, behind a link, in a closed folder.
  const named = recorded.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0)
  const [manifests, data] = [sumOf('manifest'), Math.max(named, sumOf('data') + sumOf('blob'))]
  if (manifests < HEAVY_MANIFEST_BYTES || manifests <= data) return []
  const versions = snapshot.references.lines.flatMap((line) => line.versions)
  const most = versions.reduce((count, { fragments }) => Math.max(count, fragments), 0)
  return [
    {
      kind: 'heavy-manifests',
      severity: 'warning',
      title: `The manifests take ${formatBytes(manifests)}, the data only ${formatBytes(data)}.`,
      evidence: [
        `${formatNoun(versions.length, 'version')} of up to ${formatNoun(most, 'fragment')}; every version lists all its fragments.`,
        `On average ${formatBytes(Math.round(manifests / Math.max(1, versions.length)))} a version.`,
      ],
      remedy: 'Compact the dataset, clean up old versions, and write fewer, larger batches.',
      action: 'clean-up',
      bytes: manifests - (versions.at(-1)?.bytes ?? 0),
    },
  ]
}

function totalBytes({ snapshot }: FindingContext): number {
  return sumBytes(snapshot.files)
}

function sumBytes(files: readonly StoredFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}

export const HISTORY_CHECKS: readonly Check[] = [findNeverCleaned, findBlockingTags, findAbandoned, findHeavyManifests]

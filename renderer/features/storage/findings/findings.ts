import { FINDING_KINDS, type Finding, type FindingKind } from '#shared/model/storage.ts'
import { formatNoun } from '#shared/model/format.ts'

export interface Pressing {
  readonly count: number
  readonly hasProblem: boolean
  /** `1 problem, 2 warnings`. */
  readonly sentence: string
}

/** Findings somebody should act on: notes are not among them. */
export function countPressing(findings: readonly Finding[]): Pressing {
  const problems = findings.filter(({ severity }) => severity === 'problem').length
  const warnings = findings.filter(({ severity }) => severity === 'warning').length
  const parts = [
    ...(problems > 0 ? [formatNoun(problems, 'problem')] : []),
    ...(warnings > 0 ? [formatNoun(warnings, 'warning')] : []),
  ]
  return { count: problems + warnings, hasProblem: problems > 0, sentence: parts.join(', ') }
}

const RANK = { problem: 0, warning: 1, note: 2 } as const

/** Worst first; equals by the bytes at stake, then as told. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => RANK[a.severity] - RANK[b.severity] || (b.bytes ?? 0) - (a.bytes ?? 0))
}

const CHECKS: Readonly<Record<FindingKind, string>> = {
  'small-fragments': 'small fragments',
  'deleted-rows': 'rows deleted and still on disk',
  'never-cleaned': 'versions never cleaned up',
  'abandoned-files': 'abandoned files',
  'index-not-covering': 'rows no index covers',
  'index-covers-nothing': 'indices that cover nothing',
  'compaction-blocked': 'compaction held up by index segments',
  'heavy-manifests': 'manifests heavier than the data',
  'oversize-fragments': 'oversize fragments',
  'missing-files': 'missing files',
  'absolute-branch-paths': 'branches that break when the directory moves',
  'newer-feature-flags': 'feature flags newer than this build',
  'old-tag-blocks-cleanup': 'old tags that block cleanup',
  'unreadable-manifests': 'unreadable manifests',
  'dead-columns': 'bytes of dropped columns',
}

/** What is looked for, one phrase a check. */
export const CHECKED: readonly string[] = FINDING_KINDS.map((kind) => CHECKS[kind])

/** The file a line of evidence begins with, if it is one of the finding's that lies in the dataset. */
export function fileOf(line: string, { paths = [] }: Finding): string | undefined {
  return paths.find((path) => !path.startsWith('/') && (line === path || /^[,:]? /.test(afterPath(line, path))))
}

function afterPath(line: string, path: string): string {
  return line.startsWith(path) ? line.slice(path.length) : ''
}

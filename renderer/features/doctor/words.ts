import type { DoctorCheck, DoctorFinding, Repair, RepairResult } from '#shared/model/doctor.ts'
import { formatBytes, formatNoun } from '#shared/model/format.ts'

/** What each depth looks at, and what it costs. */
export const COSTS = {
  quick:
    'Reads every manifest and the ends of files, and looks whether every file is there and as long as it should be. Takes seconds, or minutes over tens of thousands of files.',
  deep: 'Reads every page of every column and index as well, in processes of their own that may die of it: the whole dataset is read from disk once.',
} as const

const CHECKS: Readonly<Record<DoctorCheck, string>> = {
  manifests: 'Manifests',
  'data-files': 'Data files',
  'data-footers': 'Ends of data files',
  'deletion-files': 'Deletion files',
  indices: 'Indices',
  transactions: 'Commit records',
  refs: 'Tags and branches',
  blobs: 'Large values',
  leftovers: 'Files of no version',
  flags: 'Features',
  pages: 'Pages',
}

export function checkWord(check: DoctorCheck): string {
  return CHECKS[check]
}

const RANK: Readonly<Record<DoctorFinding['status'], number>> = { fail: 0, warn: 1, pass: 2 }

/** What needs a look, worst first and else as found, and apart from it what is well. */
export function splitFindings(findings: readonly DoctorFinding[]): {
  readonly pressing: readonly DoctorFinding[]
  readonly passed: readonly DoctorFinding[]
} {
  return {
    pressing: findings.filter(({ status }) => status !== 'pass').toSorted((a, b) => RANK[a.status] - RANK[b.status]),
    passed: findings.filter(({ status }) => status === 'pass'),
  }
}

/** `2 broken, 1 warning`; `All well`. */
export function verdict(findings: readonly DoctorFinding[]): string {
  const count = (status: DoctorFinding['status']): number => findings.filter((it) => it.status === status).length
  const parts = [
    ...(count('fail') > 0 ? [`${count('fail')} broken`] : []),
    ...(count('warn') > 0 ? [formatNoun(count('warn'), 'warning')] : []),
  ]
  return parts.length === 0 ? 'All well' : parts.join(', ')
}

const BACKUPS: Readonly<Record<Repair['kind'], string>> = {
  'set-aside-newest':
    'The manifests that are set aside are copied into a folder of the app first, compared, and only then taken away.',
  'copy-readable': 'Nothing needs a backup: this dataset is only read, and the copy is a new one.',
  'remove-files':
    'Metadata among them (manifests, commit records) is copied into a folder of the app first. Data files are not.',
  'rebuild-index': 'Nothing is overwritten: it is a new version, and the version before it stays.',
  'drop-index': 'Nothing is overwritten: it is a new version, and the version before it stays.',
  'restore-version': 'Nothing is overwritten: it is a new version, and the version before it stays.',
}

/** What is kept of what a repair changes. */
export function backupWords(kind: Repair['kind']): string {
  return BACKUPS[kind]
}

/** True where the dataset itself is written to. */
export function writesDataset(kind: Repair['kind']): boolean {
  return kind !== 'copy-readable'
}

/** Figures of a repair, by their names; only those it has. */
export function resultFacts(result: RepairResult): readonly (readonly [name: string, value: string])[] {
  const { rowsRecovered, rowsLost, version, branch, to, backup, files, bytes, repair } = result
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Rows recovered', rowsRecovered === undefined ? undefined : formatNoun(rowsRecovered, 'row')],
    ['Rows lost', rowsLost === undefined ? undefined : formatNoun(rowsLost, 'row')],
    [
      versionName(repair),
      version === undefined ? undefined : `v${version}${branch === undefined ? '' : ` of ${branch}`}`,
    ],
    ['New dataset', to],
    [
      'Files',
      files === undefined
        ? undefined
        : `${formatNoun(files, 'file')}${bytes === undefined ? '' : `, ${formatBytes(bytes)}`}`,
    ],
    ['Backup', backup],
  ]
  return facts.filter((fact): fact is readonly [string, string] => fact[1] !== undefined)
}

function versionName(repair: Repair['kind']): string {
  if (repair === 'copy-readable') return 'Copied version'
  return repair === 'set-aside-newest' ? 'Newest version' : 'New version'
}

/** Paths that can be shown: inside the dataset's directory. */
export function isInside(path: string): boolean {
  return !path.startsWith('/') && !/^[A-Za-z]:/.test(path)
}

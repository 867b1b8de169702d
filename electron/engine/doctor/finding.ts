import type { DoctorCheck, DoctorFinding, RepairOffer } from '#shared/model/doctor.ts'

/** Lists stay readable: more than this many lines of evidence are not spelt out. */
const MAX_EVIDENCE = 20
const MAX_PATHS = 100

export interface FindingParts {
  readonly title: string
  readonly evidence?: readonly string[]
  readonly remedy?: string
  readonly paths?: readonly string[]
  readonly repairs?: readonly RepairOffer[]
}

/** A finding with its lists bounded; `files` counts all paths. */
export function toFinding(
  check: DoctorCheck,
  status: DoctorFinding['status'],
  { title, evidence = [], remedy, paths = [], repairs = [] }: FindingParts,
): DoctorFinding {
  const unique = [...new Set(paths)]
  const more = evidence.length - MAX_EVIDENCE
  return {
    check,
    status,
    title,
    evidence: more > 0 ? [...evidence.slice(0, MAX_EVIDENCE), `and ${more} more`] : evidence,
    ...(remedy === undefined ? {} : { remedy }),
    paths: unique.slice(0, MAX_PATHS),
    files: unique.length,
    repairs,
  }
}

/** The worst of some findings; `pass` without any. */
export function worstOf(findings: readonly Pick<DoctorFinding, 'status'>[]): DoctorFinding['status'] {
  if (findings.some(({ status }) => status === 'fail')) return 'fail'
  return findings.some(({ status }) => status === 'warn') ? 'warn' : 'pass'
}

/** Items by a key, in order of first appearance. */
export function groupBy<Key, Item>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

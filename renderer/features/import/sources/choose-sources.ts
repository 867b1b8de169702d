import type { SourceItem } from '#shared/model/import/source.ts'
import { formatBytes, formatNoun } from '#shared/model/format.ts'

/** False for what cannot be imported whatever is chosen. */
export function isUsable({ problems }: Pick<SourceItem, 'problems'>): boolean {
  return problems.every(({ severity }) => severity !== 'error')
}

/** The set of names left out, after these were taken in or left out. */
export function withExcluded(
  excluded: ReadonlySet<string>,
  names: readonly string[],
  isIn: boolean,
): ReadonlySet<string> {
  const next = new Set(excluded)
  for (const name of names) {
    if (isIn) next.delete(name)
    else next.add(name)
  }
  return next
}

/** `pdf · 12 pages · 1.2 MB`. */
export function sourceFacts({ kind, compression, bytes, rows, pages }: SourceItem): string {
  return [
    compression === undefined ? kind : `${kind} (${compression})`,
    rows === undefined ? '' : formatNoun(rows, 'row'),
    pages === undefined ? '' : formatNoun(pages, 'page'),
    formatBytes(bytes),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

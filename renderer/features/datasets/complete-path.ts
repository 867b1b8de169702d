import type { DirectoryEntry } from '#shared/contract/files.ts'

/** What Tab makes of a typed path, as in a shell: as much as all completions agree on. Undefined when that is nothing more. */
export function completePath(text: string, entries: readonly DirectoryEntry[]): string | undefined {
  const [first, ...others] = entries
  if (first === undefined) return undefined
  if (others.length === 0) return differing(text, chosenPath(first))
  let length = first.path.length
  for (const { path } of others) while (!path.startsWith(first.path.slice(0, length))) length -= 1
  const common = first.path.slice(0, length)
  // Completions may be written out (`~` is a folder): what was typed is never made shorter.
  return common.length > text.length ? common : undefined
}

/** The text of a chosen completion: a folder goes on inside. */
export function chosenPath(entry: DirectoryEntry): string {
  return entry.kind !== 'directory' ? entry.path : `${entry.path.replace(/\/$/, '')}/`
}

function differing(text: string, completed: string): string | undefined {
  return completed === text ? undefined : completed
}

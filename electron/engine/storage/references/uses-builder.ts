import type { Uses } from './model.ts'

/** Gathers, version by version, who uses which file. */
export interface UsesBuilder {
  /** Number of a file by its key; the same for the same key. */
  fileOf(key: string): number
  startLine(): void
  /** The next version of the line: what it uses besides, and no longer, what the one before did. */
  addVersion(added: readonly number[], removed: readonly number[], transaction: string | undefined): void
  endLine(): void
  finish(): { readonly fileByKey: ReadonlyMap<string, number>; readonly uses: readonly Uses[] }
}

export function createUsesBuilder(): UsesBuilder {
  const fileByKey = new Map<string, number>()
  const uses: number[][] = []
  /** First version of the run that is open, by file. */
  const open = new Map<number, number>()
  let line = -1
  let next = 0

  const fileOf = (key: string): number => {
    const known = fileByKey.get(key)
    if (known !== undefined) return known
    const file = uses.length
    fileByKey.set(key, file)
    uses.push([])
    return file
  }
  const close = (file: number, from: number): void => {
    uses[file]?.push(line, from, next - 1)
  }

  return {
    fileOf,
    startLine() {
      line++
      next = 0
    },
    addVersion(added, removed, transaction) {
      for (const file of removed) {
        const from = open.get(file)
        open.delete(file)
        if (from !== undefined) close(file, from)
      }
      for (const file of added) open.set(file, next)
      if (transaction !== undefined) uses[fileOf(transaction)]?.push(line, next, next)
      next++
    },
    endLine() {
      for (const [file, from] of open) close(file, from)
      open.clear()
    },
    finish: () => ({ fileByKey, uses }),
  }
}

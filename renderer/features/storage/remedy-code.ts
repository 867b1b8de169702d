export interface RemedyPlace {
  readonly location: string
  /** Lines of TypeScript that open it as `table`. */
  readonly openTypeScript: readonly string[]
  /** Absent = main. */
  readonly branch?: string | undefined
}

export type Remedy =
  | { readonly kind: 'compact' }
  | { readonly kind: 'optimize-indices' }
  /** `olderThan` absent = LanceDB's own seven days. */
  | { readonly kind: 'clean-up'; readonly olderThan?: string; readonly deleteUnverified?: boolean }

/** The remedy with pylance, which opens any path and does that one thing only. */
export function remedyPython(remedy: Remedy, { location, branch }: RemedyPlace): string {
  const checkout = branch === undefined ? '' : `.checkout_version((${text(branch)}, None))`
  const open = `dataset = lance.dataset(${text(location)})${checkout}`
  switch (remedy.kind) {
    case 'compact':
      return lines('import lance', '', open, ...branchTrap('#', branch), 'dataset.optimize.compact_files()')
    case 'optimize-indices':
      return lines('import lance', '', open, 'dataset.optimize.optimize_indices()')
    case 'clean-up': {
      const { olderThan, deleteUnverified = false } = remedy
      const more = deleteUnverified ? ', delete_unverified=True' : ''
      if (olderThan === undefined) {
        const call = `dataset.cleanup_old_versions(older_than=timedelta(days=7)${more})`
        return lines('from datetime import timedelta', 'import lance', '', open, call)
      }
      return lines(
        'from datetime import datetime, timezone',
        'import lance',
        '',
        open,
        `keep_from = datetime.fromisoformat(${text(olderThan.replace(/Z$/, '+00:00'))})`,
        `dataset.cleanup_old_versions(older_than=datetime.now(timezone.utc) - keep_from${more})`,
      )
    }
  }
}

/** The remedy with @lancedb/lancedb, whose `optimize` compacts, cleans up and updates indices in one. */
export function remedyTypeScript(remedy: Remedy, { openTypeScript, branch }: RemedyPlace): string {
  const [name, checkout] =
    branch === undefined
      ? ['table', []]
      : ['branch', [`const branch = await (await table.branches()).checkout(${text(branch)})`]]
  return lines(
    ...openTypeScript,
    ...checkout,
    '// Compacts small fragments, removes old versions and brings indices up to date.',
    ...branchTrap('//', branch),
    `await ${name}.optimize(${options(remedy)})`,
  )
}

/** LanceDB writes the indices of a compacted branch into its folder and looks for them in the parent's. */
function branchTrap(comment: string, branch: string | undefined): readonly string[] {
  if (branch === undefined) return []
  return [`${comment} Compacting a branch breaks the indices it has from its parent: rebuild those afterwards.`]
}

function options(remedy: Remedy): string {
  if (remedy.kind !== 'clean-up') return ''
  const parts = [
    ...(remedy.olderThan === undefined ? [] : [`cleanupOlderThan: new Date(${text(remedy.olderThan)})`]),
    ...(remedy.deleteUnverified === true ? ['deleteUnverified: true'] : []),
  ]
  return parts.length === 0 ? '' : `{ ${parts.join(', ')} }`
}

function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`
}

/** A JSON string is a Python and a TypeScript string as well. */
function text(value: string): string {
  return JSON.stringify(value)
}

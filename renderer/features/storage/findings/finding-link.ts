import type { MaintenanceKind } from '#shared/model/maintenance.ts'
import type { Finding } from '#shared/model/storage.ts'
import { type Draft, formatFragments } from '#renderer/features/maintenance/index.ts'

/** Where what helps against a finding is done. */
export type FindingLink =
  | {
      readonly to: 'operation'
      readonly label: string
      readonly kind: MaintenanceKind
      readonly fields?: Partial<Draft>
    }
  | { readonly to: 'leftovers' | 'indices'; readonly label: string }

/** LanceDB's own age for a cleanup, as the findings count. */
const CLEANUP: FindingLink = {
  to: 'operation',
  label: 'Clean up…',
  kind: 'cleanup',
  fields: { keepBy: 'age', days: '7', deleteUnverified: false },
}
const COMPACT: FindingLink = { to: 'operation', label: 'Compact…', kind: 'compact' }
const FOLD: FindingLink = { to: 'operation', label: 'Fold rows into indices…', kind: 'optimize-indices' }
const INDICES: FindingLink = { to: 'indices', label: 'Show the indices' }

/** The way on from a finding of main; undefined when nothing here helps. */
export function linkOf({ kind, action, fragments = [] }: Finding): FindingLink | undefined {
  switch (kind) {
    case 'small-fragments':
    case 'dead-columns':
      return COMPACT
    case 'deleted-rows':
      return { to: 'operation', label: 'Purge deletions…', kind: 'purge-deletions' }
    case 'oversize-fragments':
      return {
        to: 'operation',
        label: 'Rewrite them…',
        kind: 'refragment',
        fields: { pick: 'ids', fragments: formatFragments(fragments), rowsPerFragment: '1000000' },
      }
    case 'never-cleaned':
    case 'heavy-manifests':
    case 'old-tag-blocks-cleanup':
      return CLEANUP
    case 'abandoned-files':
      return { to: 'leftovers', label: 'Show the leftovers' }
    case 'index-not-covering':
    case 'index-covers-nothing':
    case 'compaction-blocked':
      return action === 'optimize-indices' ? FOLD : INDICES
    case 'missing-files':
    case 'absolute-branch-paths':
    case 'newer-feature-flags':
    case 'unreadable-manifests':
      return undefined
  }
}

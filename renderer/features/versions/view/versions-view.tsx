import { CompareView, useOpenCompare } from '#renderer/features/compare/index.ts'
import { useRefs } from '#renderer/features/history/index.ts'
import type { ViewProps } from '#renderer/features/workspace/index.ts'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { formatCount } from '#shared/model/format.ts'
import { BranchGone } from '../branches/branch-gone.tsx'
import { BranchesPage } from '../branches/branches-page.tsx'
import { PickBar } from '../list/pick-bar.tsx'
import { showHistoryPage, useHistoryPage } from '../state/view-store.ts'
import { TagsPage } from '../tags/tags-page.tsx'
import { VersionsPage } from './versions-page.tsx'
import styles from './versions-view.module.css'

/** The history of a dataset: versions, tags and branches; or two states of it compared, while a comparison is open. */
export function VersionsView({ tab }: ViewProps) {
  const isComparing = useOpenCompare(tab.dataset) !== undefined
  return isComparing ? <CompareView tab={tab} /> : <History tab={tab} />
}

function History({ tab }: Pick<ViewProps, 'tab'>) {
  const page = useHistoryPage(tab.dataset)
  const refs = useRefs(tab).data
  const isGone = tab.branch !== undefined && refs?.branches.every((branch) => branch.name !== tab.branch) === true
  const pages = (
    <Segmented
      label="Part of the history"
      options={[
        { id: 'versions', label: 'Versions' },
        { id: 'tags', label: 'Tags', ...badge(refs?.tags.length) },
        // main is a branch like the others.
        { id: 'branches', label: 'Branches', ...badge(refs === undefined ? undefined : refs.branches.length + 1) },
      ]}
      value={page}
      onChange={(next) => showHistoryPage(tab.dataset, next)}
    />
  )
  return (
    <div className={styles.view}>
      {isGone && <BranchGone tab={tab} />}
      {page === 'tags' ? (
        <TagsPage tab={tab} pages={pages} />
      ) : page === 'branches' ? (
        <BranchesPage tab={tab} pages={pages} />
      ) : (
        <VersionsPage tab={tab} pages={pages} picked={<PickBar tab={tab} />} />
      )}
    </div>
  )
}

function badge(count: number | undefined): { readonly badge?: string } {
  return count === undefined || count === 0 ? {} : { badge: formatCount(count) }
}

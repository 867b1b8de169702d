import { useQuery } from '@tanstack/react-query'
import { GitBranchPlus } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import { useRefs } from '#renderer/features/history/index.ts'
import { type DatasetTab, getApi, refOf } from '#renderer/features/workspace/index.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import styles from '../view/versions-view.module.css'
import { useRefusal } from '../write/refusal.ts'
import { ask } from '../write/requests.ts'
import { WriteButton } from '../write/write-button.tsx'
import { LineageGraph } from './lineage-graph.tsx'
import { toLineage } from './lineage.ts'

export interface BranchesPageProps {
  readonly tab: DatasetTab
  /** Leads to the other pages. */
  readonly pages: ReactNode
}

/** How the branches of the dataset come from each other. */
export function BranchesPage({ tab, pages }: BranchesPageProps) {
  const refs = useRefs(tab)
  const refusal = useRefusal(tab)
  const newestOfMain = useNewestOfMain(tab)
  const lineage = useMemo(
    () =>
      refs.data === undefined
        ? null
        : toLineage({
            ...refs.data,
            newestOfMain,
            shown: { version: tab.version, ...(tab.branch === undefined ? {} : { branch: tab.branch }) },
          }),
    [refs.data, newestOfMain, tab.version, tab.branch],
  )
  return (
    <>
      <div className={styles.bar}>
        {pages}
        <WriteButton
          refusal={refusal}
          onClick={() => ask({ kind: 'create-branch', dataset: tab.dataset, from: refOf(tab) })}
        >
          <GitBranchPlus aria-hidden />
          New branch…
        </WriteButton>
        <span className={styles.count}>
          {refs.data === undefined ? '' : formatNoun(refs.data.branches.length + 1, 'branch', 'branches')}
        </span>
      </div>
      {refs.isError ? (
        <ErrorNotice
          title="The branches could not be read"
          error={toErrorValue(refs.error)}
          onRetry={() => void refs.refetch()}
        />
      ) : lineage === null ? (
        <LoadingState label="Reading branches" />
      ) : (
        <LineageGraph tab={tab} lineage={lineage} refusal={refusal} />
      )}
    </>
  )
}

/** The newest version of main: known to a tab on main, asked for by one on a branch. Null while it is not known. */
function useNewestOfMain(tab: DatasetTab): number | null {
  const { dataset } = tab
  const isOnMain = tab.branch === undefined
  const asked = useQuery({
    queryKey: ['refs-newest-of-main', dataset],
    queryFn: async ({ signal }) => (await getApi().call('datasets.summary', { dataset }, { signal })).version,
    enabled: !isOnMain,
    staleTime: 10_000,
  })
  return isOnMain ? tab.latestVersion : (asked.data ?? null)
}

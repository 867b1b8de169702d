import { Tag } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import { useRefs } from '#renderer/features/history/index.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { FilterField } from '#renderer/ui/filter-field.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { placeAt } from '../list/version-menu.tsx'
import { useRefusal } from '../write/refusal.ts'
import { ask } from '../write/requests.ts'
import { WriteButton } from '../write/write-button.tsx'
import styles from '../view/versions-view.module.css'
import { TagTable } from './tag-table.tsx'
import { toTagRows } from './tag-rows.ts'

export interface TagsPageProps {
  readonly tab: DatasetTab
  /** Leads to the other pages. */
  readonly pages: ReactNode
}

/** Every tag of the dataset, on whichever branch. */
export function TagsPage({ tab, pages }: TagsPageProps) {
  const refs = useRefs(tab)
  const refusal = useRefusal(tab)
  const [filter, setFilter] = useState('')
  const rows = useMemo(() => toTagRows(refs.data?.tags ?? [], filter), [refs.data, filter])
  const create = (
    <WriteButton
      refusal={refusal}
      onClick={() => ask({ kind: 'create-tag', dataset: tab.dataset, at: placeAt(tab, tab.version) })}
    >
      <Tag aria-hidden />
      Tag version {tab.version}…
    </WriteButton>
  )
  return (
    <>
      <div className={styles.bar}>
        {pages}
        <FilterField
          label="Filter tags"
          placeholder="Filter by name, version or branch"
          className={styles.filter}
          value={filter}
          onChange={setFilter}
        />
        {create}
        <span className={styles.count}>{refs.data === undefined ? '' : formatNoun(refs.data.tags.length, 'tag')}</span>
      </div>
      {refs.isError ? (
        <ErrorNotice
          title="The tags could not be read"
          error={toErrorValue(refs.error)}
          onRetry={() => void refs.refetch()}
        />
      ) : refs.data === undefined ? (
        <LoadingState label="Reading tags" />
      ) : rows.length > 0 ? (
        <TagTable tab={tab} tags={rows} refusal={refusal} />
      ) : (
        <EmptyState icon={<Tag aria-hidden />} title={filter === '' ? 'No tags' : `No tag matches “${filter}”`}>
          {filter === '' &&
            'A tag is a name that stays with a version, such as a release or the data of a training run, and keeps it from being cleaned up.'}
        </EmptyState>
      )}
    </>
  )
}

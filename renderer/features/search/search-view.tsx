import { useEffect } from 'react'
import { useSimilarRequest } from '#renderer/features/data/index.ts'
import type { ViewProps } from '#renderer/features/workspace/index.ts'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { CompareView } from './compare/compare-view.tsx'
import { QueryView } from './query/query-view.tsx'
import { RecallView } from './recall/recall-view.tsx'
import styles from './search-view.module.css'
import { showSubView, SUB_VIEW_TITLES, SUB_VIEWS, useSubView } from './sub-views.ts'

/** Searching a dataset: one query, several ways side by side, and how good an index is. */
export function SearchView(props: ViewProps) {
  const subView = useSubView()
  const isSimilarWanted = useSimilarRequest(props.tab.dataset) !== undefined
  useEffect(() => {
    // The query answers it, whichever part was left in front.
    if (isSimilarWanted) showSubView('query')
  }, [isSimilarWanted])
  const options = SUB_VIEWS.map((id) => ({ id, label: SUB_VIEW_TITLES[id] }))
  return (
    <div className={styles.view}>
      <div className={styles.bar}>
        <Segmented label="Part of the search view" options={options} value={subView} onChange={showSubView} />
      </div>
      {subView === 'query' && <QueryView {...props} />}
      {subView === 'compare' && <CompareView {...props} />}
      {subView === 'recall' && <RecallView {...props} />}
    </div>
  )
}

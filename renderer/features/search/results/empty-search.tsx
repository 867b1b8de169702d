import { ScanSearch } from 'lucide-react'
import { useRef } from 'react'
import { useApi } from '#renderer/features/workspace/index.ts'
import { toLoadedPage } from '#renderer/features/data/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { showToast } from '#renderer/ui/toasts.ts'
import { toErrorValue } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import type { ResultsAreaProps } from './area-props.ts'

/** What can be done here, with a first search at hand. */
export function EmptySearch({ tab, at, summary, capability, onExample }: ResultsAreaProps) {
  const api = useApi()
  const isAsking = useRef(false)
  const { vectors, texts } = capability
  if (vectors.length === 0 && texts.length === 0) {
    return (
      <EmptyState icon={<ScanSearch aria-hidden />} title="This version cannot be searched">
        A search needs a column of vectors (a fixed-size list of floats or bytes) or of text. The rows can be filtered
        in the Data view.
      </EmptyState>
    )
  }
  if (summary.rows === 0) return <EmptyState icon={<ScanSearch aria-hidden />} title="This version has no rows" />
  const likeFirst = async (): Promise<void> => {
    if (isAsking.current) return
    isAsking.current = true
    try {
      const column = vectors[0]?.name ?? ''
      const answer = await api.call('rows.page', {
        dataset: tab.dataset,
        ref: at,
        columns: [column],
        offset: 0,
        limit: 1,
      })
      onExample({ mode: 'vector', source: 'row', rowId: toLoadedPage(answer, summary.schema).rowId(0) })
    } catch (error) {
      showToast({ kind: 'bad', title: 'The first row could not be read', text: toErrorValue(error).message })
    } finally {
      isAsking.current = false
    }
  }
  return (
    <EmptyState
      icon={<ScanSearch aria-hidden />}
      title="Find rows by meaning, by words, or by both"
      actions={
        vectors.length > 0 && <Button onClick={() => void likeFirst()}>Find rows similar to the first one</Button>
      }
    >
      {[
        ...(vectors.length > 0 ? [formatNoun(vectors.length, 'vector column')] : []),
        ...(texts.length > 0
          ? [
              `${formatNoun(texts.length, 'text column')} (${texts.filter(({ isIndexed }) => isIndexed).length} indexed)`,
            ]
          : []),
      ].join(', ')}
      . “Find similar” is also in the menu of every row in the Data view.
    </EmptyState>
  )
}

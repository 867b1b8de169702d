import { useState } from 'react'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Tabs } from '#renderer/ui/tabs.tsx'
import type { SearchHit } from '#shared/model/search.ts'
import type { SearchState } from '../query/query-store.ts'
import { HitDetails } from './hit-details.tsx'
import type { ResultPlace } from './use-result-copy.ts'

export interface LowerPaneProps {
  readonly tab: DatasetTab
  readonly answer: NonNullable<SearchState['answer']>
  readonly place: ResultPlace
  /** The result the cursor is on; undefined when there are none. */
  readonly hit: SearchHit | undefined
}

/** More about the answer: why a row is there, and how the engine went about it. */
export function LowerPane({ answer, place, hit }: LowerPaneProps) {
  const [tab, setTab] = useState('match')
  return (
    <Tabs label="About this search" items={[{ id: 'match', title: 'This result' }]} active={tab} onChange={setTab}>
      {tab === 'match' && <HitDetails {...{ answer, place, hit }} />}
    </Tabs>
  )
}

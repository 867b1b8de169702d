import { useEffect, useMemo, useState } from 'react'
import { useFragments } from '#renderer/features/fragments/index.ts'
import { type DatasetTab, SplitPane } from '#renderer/features/workspace/index.ts'
import { type Draft, firstDraft, OPERATIONS, toOperation } from '../operations.ts'
import { changeDraft, chooseKind, useDraft, useKind } from '../store.ts'
import { OperationList } from './operation-list.tsx'
import { OperationPanel } from './operation-panel.tsx'

export interface OperationsPartProps {
  readonly tab: DatasetTab
  readonly refusal: string | undefined
}

/** The operations, each with what it would do; the chosen one with its choices, forecast and proof. */
export function OperationsPart({ tab, refusal }: OperationsPartProps) {
  // Fixed while the part is open, or ages would creep and be asked again and again.
  const [openedAt] = useState(() => Date.now())
  const kind = useKind(tab.dataset)
  const changed = useDraft(tab.dataset)
  const draft = useMemo(
    () => ({ ...firstDraft(tab.location, openedAt), ...changed }),
    [tab.location, openedAt, changed],
  )
  const settled = useSettled(draft)
  const { data: fragments } = useFragments(newestOfMain(tab), draft.pick !== 'all')
  const info = OPERATIONS.find((one) => one.kind === kind)
  return (
    <SplitPane
      id="maintenance"
      orientation="horizontal"
      label="Width of the operation"
      first={
        <OperationList
          tab={tab}
          chosen={kind}
          onChoose={(next) => chooseKind(tab.dataset, next)}
          toOperation={(one) => toOperation(one, settled, openedAt, fragments)}
        />
      }
      second={
        info === undefined ? null : (
          <OperationPanel
            key={kind}
            tab={tab}
            info={info}
            refusal={refusal}
            draft={draft}
            onDraft={(part) => changeDraft(tab.dataset, part)}
            fragments={fragments}
            operation={toOperation(kind, draft, openedAt, fragments)}
            isSettled={settled === draft}
          />
        )
      }
      secondSize={62}
    />
  )
}

/** What is maintained, whatever the tab shows. */
function newestOfMain({ branch: _, ...tab }: DatasetTab): DatasetTab {
  return { ...tab, version: tab.latestVersion }
}

/** Typing is not asked about letter by letter: a forecast may read the whole dataset. */
const SETTLE_MS = 300

function useSettled(draft: Draft): Draft {
  const [settled, setSettled] = useState(draft)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(draft), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [draft])
  return settled
}

import { useEffect, useState } from 'react'
import { type DatasetTab, SplitPane } from '#renderer/features/workspace/index.ts'
import { type Draft, firstDraft, OPERATIONS, toOperation } from '../operations.ts'
import { chooseKind, useKind } from '../store.ts'
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
  const [draft, setDraft] = useState(() => firstDraft(tab.location))
  const settled = useSettled(draft)
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
          toOperation={(one) => toOperation(one, settled, openedAt)}
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
            onDraft={(part) => setDraft((old) => ({ ...old, ...part }))}
            operation={toOperation(kind, draft, openedAt)}
            isSettled={settled === draft}
          />
        )
      }
      secondSize={62}
    />
  )
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

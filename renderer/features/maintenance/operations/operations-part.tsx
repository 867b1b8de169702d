import { useState } from 'react'
import type { MaintenanceKind } from '#shared/model/maintenance.ts'
import { type DatasetTab, SplitPane } from '#renderer/features/workspace/index.ts'
import { firstDraft, OPERATIONS, toOperation } from '../operations.ts'
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
  const [kind, setKind] = useState<MaintenanceKind>('compact')
  const [draft, setDraft] = useState(() => firstDraft(tab.location))
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
          onChoose={setKind}
          toOperation={(one) => toOperation(one, draft, openedAt)}
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
          />
        )
      }
      secondSize={62}
    />
  )
}

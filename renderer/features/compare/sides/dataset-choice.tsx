import { ChevronDown, Database } from 'lucide-react'
import { useState } from 'react'
import { PathBox } from '#renderer/features/datasets/index.ts'
import { findTab, openLocation, refOf, useWorkspace } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Menu } from '#renderer/ui/menu.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import type { ErrorValue } from '#shared/errors.ts'
import type { CompareSide } from '../compare-store.ts'
import styles from './side-picker.module.css'

export interface DatasetChoiceProps {
  readonly dataset: string
  readonly onChoose: (side: CompareSide) => void
}

/** Whose states are offered: any open dataset, or another one, which opens in a tab behind this one. */
export function DatasetChoice({ dataset, onChoose }: DatasetChoiceProps) {
  const tabs = useWorkspace((state) => state.tabs)
  const [isAsking, setAsking] = useState(false)
  const name = tabs.find((tab) => tab.dataset === dataset)?.name ?? 'closed dataset'
  const choose = (chosen: string): void => {
    const tab = findTab(chosen)
    if (tab !== undefined) onChoose({ dataset: chosen, at: refOf(tab) })
  }
  return (
    <div className={styles.dataset}>
      <Menu
        trigger={
          <Button kind="ghost" aria-label={`Dataset: ${name}`}>
            <Database aria-hidden />
            <span className={styles.text}>{name}</span>
            <ChevronDown aria-hidden />
          </Button>
        }
        items={[
          ...tabs.map((tab) => ({
            id: tab.dataset,
            label: tab.name,
            note: `v${tab.version}`,
            checked: tab.dataset === dataset,
            run: () => choose(tab.dataset),
          })),
          { kind: 'separator', id: 'before-other' },
          // After the closing menu has given the focus back, or it would take it from the dialog.
          { id: 'other', label: 'Another dataset…', run: () => void setTimeout(() => setAsking(true)) },
        ]}
      />
      <Dialog isOpen={isAsking} onClose={() => setAsking(false)} title="Compare with another dataset" size="large">
        <OtherDataset
          onOpened={(opened) => {
            setAsking(false)
            choose(opened)
          }}
        />
      </Dialog>
    </div>
  )
}

function OtherDataset({ onOpened }: { readonly onOpened: (dataset: string) => void }) {
  const [text, setText] = useState('')
  const [busyWith, setBusyWith] = useState<string | null>(null)
  const [failure, setFailure] = useState<ErrorValue | null>(null)
  const open = async (path: string): Promise<void> => {
    const location = path.trim()
    if (location === '' || busyWith !== null) return
    setBusyWith(location)
    setFailure(null)
    const result = await openLocation(location, { activate: false, showFailure: false })
    setBusyWith(null)
    if (result.kind === 'tab') onOpened(result.dataset)
    else if (result.kind === 'failed') setFailure(result.error)
    else
      setFailure({
        code: 'not-a-dataset',
        message: 'This folder holds datasets but is none itself.',
        hint: 'Choose one of them.',
      })
  }
  return (
    <div className={styles.other}>
      <div className={styles.path}>
        <PathBox text={text} onChange={setText} onOpen={(location) => void open(location)} />
        <Button kind="primary" disabled={text.trim() === '' || busyWith !== null} onClick={() => void open(text)}>
          Choose
        </Button>
      </div>
      {busyWith !== null && <Spinner label={`Opening ${busyWith}`} />}
      {failure !== null && <ErrorNotice layout="line" error={failure} onRetry={() => void open(text)} />}
    </div>
  )
}

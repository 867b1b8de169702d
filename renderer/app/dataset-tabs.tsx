import { Plus, Table2, X } from 'lucide-react'
import { type KeyboardEvent, useRef } from 'react'
import {
  activateTab,
  closeTab,
  type DatasetTab,
  newVersions,
  openDialog,
  useWorkspace,
} from '#renderer/features/workspace/index.ts'
import { cx } from '#renderer/ui/cx.ts'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import styles from './dataset-tabs.module.css'

/** The open datasets. Arrows move, Delete or a middle click closes. */
export function DatasetTabs() {
  const tabs = useWorkspace((state) => state.tabs)
  const active = useWorkspace((state) => state.active)
  const strip = useRef<HTMLDivElement>(null)
  if (tabs.length === 0) return null

  const handleKey = (event: KeyboardEvent): void => {
    const index = tabs.findIndex((tab) => tab.dataset === active)
    const next = tabs[nextIndex(event.key, index, tabs.length)]
    if (event.key === 'Delete' && active !== null) closeTab(active)
    else if (next !== undefined) activateTab(next.dataset)
    else return
    event.preventDefault()
    requestAnimationFrame(() => strip.current?.querySelector<HTMLElement>('[aria-selected=true]')?.focus())
  }
  return (
    <div className={styles.bar}>
      <div ref={strip} role="tablist" aria-label="Open datasets" className={styles.strip} onKeyDown={handleKey}>
        {tabs.map((tab) => (
          <DatasetTabItem key={tab.dataset} tab={tab} isActive={tab.dataset === active} />
        ))}
      </div>
      <IconButton label="Open a dataset or folder" shortcut="Mod+O" onClick={() => openDialog('open')}>
        <Plus aria-hidden />
      </IconButton>
    </div>
  )
}

function DatasetTabItem({ tab, isActive }: { readonly tab: DatasetTab; readonly isActive: boolean }) {
  return (
    <div role="presentation" className={cx(styles.tab, isActive && styles.active)} title={tab.location}>
      <button
        type="button"
        role="tab"
        aria-selected={isActive}
        tabIndex={isActive ? 0 : -1}
        className={styles.label}
        onClick={() => activateTab(tab.dataset)}
        onAuxClick={(event) => {
          if (event.button === 1) closeTab(tab.dataset)
        }}
      >
        <Table2 aria-hidden />
        <span className={styles.name}>{tab.name}</span>
        {tab.timeTravel && <span className={styles.version}>v{tab.version}</span>}
        {newVersions(tab) > 0 && <span className={styles.fresh} title="New versions" />}
      </button>
      <button
        type="button"
        tabIndex={-1}
        className={styles.close}
        aria-label={`Close ${tab.name}`}
        onClick={() => closeTab(tab.dataset)}
      >
        <X aria-hidden />
      </button>
    </div>
  )
}

/** Where an arrow, Home or End leads; -1 for other keys. */
function nextIndex(key: string, index: number, count: number): number {
  switch (key) {
    case 'ArrowRight':
      return (index + 1) % count
    case 'ArrowLeft':
      return (index - 1 + count) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return -1
  }
}

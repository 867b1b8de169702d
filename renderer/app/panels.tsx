import type { ReactNode } from 'react'
import { Group, type LayoutChangedMeta, Panel, Separator } from 'react-resizable-panels'
import { DatasetTree } from '#renderer/features/datasets/index.ts'
import { Inspector } from '#renderer/features/inspector/index.ts'
import { TimelinePanel } from '#renderer/features/versions/index.ts'
import { type DatasetTab, saveLayout, useActiveTab, useWorkspace } from '#renderer/features/workspace/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { Centre } from './centre.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import styles from './panels.module.css'

/** Sidebar, centre with inspector, timeline: every border can be moved and stays where it was put. */
export function Panels() {
  const panels = useWorkspace((state) => state.panels)
  const tab = useActiveTab()
  return (
    <Group orientation="horizontal" className={styles.group} onLayoutChanged={keep('window')}>
      {panels.sidebar && (
        <>
          <SidePanel group="window" id="sidebar" defaultSize={17} minSize="190px">
            <DatasetTree />
          </SidePanel>
          <Separator className={styles.separator} aria-label="Width of datasets" />
        </>
      )}
      <Panel id="main" minSize="320px" className={styles.panel}>
        <Group orientation="vertical" className={styles.group} onLayoutChanged={keep('main')}>
          <Panel id="work" minSize="120px" className={styles.panel}>
            <Work tab={tab} showInspector={panels.inspector} />
          </Panel>
          {panels.timeline && tab !== undefined && (
            <>
              <Separator className={styles.separatorRow} aria-label="Height of version timeline" />
              <SidePanel group="main" id="timeline" defaultSize={21} minSize="90px">
                <TimelinePanel tab={tab} />
              </SidePanel>
            </>
          )}
        </Group>
      </Panel>
    </Group>
  )
}

function Work({ tab, showInspector }: { readonly tab: DatasetTab | undefined; readonly showInspector: boolean }) {
  return (
    <Group orientation="horizontal" className={styles.group} onLayoutChanged={keep('work')}>
      <Panel id="centre" minSize="240px" className={styles.panel}>
        <Centre />
      </Panel>
      {showInspector && tab !== undefined && (
        <>
          <Separator className={styles.separator} aria-label="Width of inspector" />
          <SidePanel group="work" id="inspector" defaultSize={24} minSize="180px">
            <InspectorPlace tab={tab} />
          </SidePanel>
        </>
      )}
    </Group>
  )
}

function InspectorPlace({ tab }: { readonly tab: DatasetTab }) {
  const target = useWorkspace((state) => state.inspected[tab.dataset])
  if (target === undefined) {
    return (
      <EmptyState title="Nothing selected">Choose a row, a version or a fragment to see all of it here.</EmptyState>
    )
  }
  return <Inspector tab={tab} target={target} />
}

interface SidePanelProps {
  readonly group: string
  readonly id: string
  /** Percent of the group when the person has not chosen. */
  readonly defaultSize: number
  readonly minSize: string
  readonly children: ReactNode
}

function SidePanel({ group, id, defaultSize, minSize, children }: SidePanelProps) {
  const saved = useWorkspace((state) => state.layouts[group]?.[id])
  return (
    <Panel id={id} defaultSize={`${saved ?? defaultSize}%`} minSize={minSize} maxSize="60%" className={styles.side}>
      <ErrorBoundary place={`The ${id}`}>{children}</ErrorBoundary>
    </Panel>
  )
}

function keep(group: string) {
  return (layout: Readonly<Record<string, number>>, meta: LayoutChangedMeta): void => {
    if (meta.isUserInteraction) saveLayout(group, layout)
  }
}

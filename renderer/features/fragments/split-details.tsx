import type { ReactNode } from 'react'
import { Group, type LayoutChangedMeta, Panel, Separator } from 'react-resizable-panels'
import { saveLayout, useWorkspace } from '#renderer/features/workspace/index.ts'
import styles from './split-details.module.css'

const GROUP = 'fragments'
const DEFAULT_PERCENT = 46

export interface SplitDetailsProps {
  /** Null when nothing is chosen. */
  readonly details: ReactNode
  readonly children: ReactNode
}

/** A view with the details of what is chosen below it; the border stays where it was put. */
export function SplitDetails({ details, children }: SplitDetailsProps) {
  const saved = useWorkspace((state) => state.layouts[GROUP]?.['details'])
  return (
    <Group orientation="vertical" className={styles.group} onLayoutChanged={keep}>
      <Panel id="view" minSize="110px" className={styles.panel}>
        {children}
      </Panel>
      {details !== null && (
        <>
          <Separator className={styles.separator} aria-label="Height of details" />
          <Panel id="details" defaultSize={`${saved ?? DEFAULT_PERCENT}%`} minSize="110px" className={styles.panel}>
            {details}
          </Panel>
        </>
      )}
    </Group>
  )
}

function keep(layout: Readonly<Record<string, number>>, meta: LayoutChangedMeta): void {
  if (meta.isUserInteraction) saveLayout(GROUP, layout)
}

import type { ReactNode } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { cx } from '#renderer/ui/cx.ts'
import styles from './split-pane.module.css'
import { useWorkspace } from './store.ts'
import { saveLayout } from './window-actions.ts'

export interface SplitPaneProps {
  /** Under which the sizes are remembered. */
  readonly id: string
  readonly orientation: 'horizontal' | 'vertical'
  /** Names the border for screen readers. */
  readonly label: string
  readonly first: ReactNode
  /** Null while there is nothing to show: the first part then has all the room. */
  readonly second: ReactNode
  /** Percent the second part takes until somebody moves the border. */
  readonly secondSize: number
}

/** Two parts with a border that can be moved, by pointer and by keys, and stays where it was put. */
export function SplitPane({ id, orientation, label, first, second, secondSize }: SplitPaneProps) {
  const saved = useWorkspace((state) => state.layouts[id]?.['second'])
  const least = orientation === 'horizontal' ? '220px' : '90px'
  return (
    <Group
      orientation={orientation}
      className={styles.group}
      onLayoutChanged={(layout, meta) => {
        if (meta.isUserInteraction) saveLayout(id, layout)
      }}
    >
      <Panel id="first" minSize={least} className={styles.part}>
        {first}
      </Panel>
      {second !== null && (
        <>
          <Separator className={cx(styles.border, orientation === 'vertical' && styles.lying)} aria-label={label} />
          <Panel id="second" defaultSize={`${saved ?? secondSize}%`} minSize={least} className={styles.part}>
            {second}
          </Panel>
        </>
      )}
    </Group>
  )
}

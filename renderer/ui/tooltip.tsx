import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './kbd.tsx'
import styles from './popup.module.css'

export interface TipProps {
  readonly label: ReactNode
  readonly shortcut?: string
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
  /** The element explained; it takes focus and hover handlers. */
  readonly children: ReactElement<Record<string, unknown>>
}

/** Says more about a control on hover and focus. Never the only place of a fact. */
export function Tip({ label, shortcut, side = 'bottom', children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={5} side={side} className={styles.positioner}>
          <Tooltip.Popup className={styles.tip}>
            {label}
            {shortcut !== undefined && <Kbd shortcut={shortcut} />}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}

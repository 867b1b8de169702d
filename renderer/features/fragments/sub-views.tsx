import { Tabs } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import type { FragmentsPlace } from './choices.ts'
import styles from './sub-views.module.css'

const PLACES: readonly { readonly id: FragmentsPlace; readonly title: string }[] = [
  { id: 'map', title: 'Map' },
  { id: 'table', title: 'Table' },
  { id: 'columns', title: 'Columns' },
]

export interface SubViewsProps {
  readonly place: FragmentsPlace
  readonly onPlace: (place: FragmentsPlace) => void
  /** Beside the tabs. */
  readonly line: ReactNode
  readonly children: ReactNode
}

/** The ways to look at what a dataset consists of. */
export function SubViews({ place, onPlace, line, children }: SubViewsProps) {
  return (
    <Tabs.Root
      value={place}
      onValueChange={(value) => onPlace(PLACES.find(({ id }) => id === value)?.id ?? 'map')}
      className={styles.view}
    >
      <div className={styles.top}>
        <Tabs.List className={styles.places} aria-label="Ways to look at fragments">
          {PLACES.map(({ id, title }) => (
            <Tabs.Tab key={id} value={id} className={styles.placeTab}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {line}
      </div>
      <Tabs.Panel value={place} className={styles.panel} tabIndex={-1}>
        {children}
      </Tabs.Panel>
    </Tabs.Root>
  )
}

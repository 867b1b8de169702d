import { Tabs as BaseTabs } from '@base-ui/react/tabs'
import { type ReactNode, useEffect, useRef } from 'react'
import styles from './tabs.module.css'

export interface TabItem {
  readonly id: string
  readonly title: string
  /** Small count after the title. */
  readonly badge?: string
}

export interface TabsProps {
  readonly label: string
  readonly items: readonly TabItem[]
  readonly active: string
  readonly onChange: (id: string) => void
  /** Content of the active tab. */
  readonly children: ReactNode
}

/** Views of one thing. Where there is no room for all tabs their list scrolls, with the active one in sight. */
export function Tabs({ label, items, active, onChange, children }: TabsProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current
      ?.querySelector(`[data-id="${CSS.escape(active)}"]`)
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [active])
  return (
    <BaseTabs.Root value={active} onValueChange={(value) => onChange(String(value))} className={styles.root}>
      <BaseTabs.List ref={list} className={styles.list} aria-label={label}>
        {items.map((item) => (
          <BaseTabs.Tab key={item.id} value={item.id} data-id={item.id} className={styles.tab}>
            {item.title}
            {item.badge !== undefined && <span className={styles.badge}>{item.badge}</span>}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      <BaseTabs.Panel value={active} className={styles.panel} tabIndex={-1}>
        {children}
      </BaseTabs.Panel>
    </BaseTabs.Root>
  )
}

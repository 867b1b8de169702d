import { ContextMenu as BaseContextMenu } from '@base-ui/react/context-menu'
import { Menu as BaseMenu } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactElement } from 'react'
import { cx } from './cx.ts'
import { Kbd } from './kbd.tsx'
import type { MenuItem } from './menu-items.ts'
import styles from './popup.module.css'

export interface MenuProps {
  /** The button that opens the menu. */
  readonly trigger: ReactElement<Record<string, unknown>>
  readonly items: readonly MenuItem[]
  readonly align?: 'start' | 'end'
}

export function Menu({ trigger, items, align = 'start' }: MenuProps) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner sideOffset={4} align={align} className={styles.positioner}>
          <BaseMenu.Popup className={styles.menu}>
            <MenuLines items={items} />
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  )
}

export interface ContextMenuProps {
  readonly items: readonly MenuItem[]
  /** Told when the menu opens, so that the owner can find out what lies under the pointer. */
  readonly onOpen?: (event: Event) => void
  /** The element a right click or the menu key opens it on. */
  readonly children: ReactElement<Record<string, unknown>>
}

export function ContextMenu({ items, onOpen, children }: ContextMenuProps) {
  return (
    <BaseContextMenu.Root
      onOpenChange={(open, details) => {
        if (open) onOpen?.(details.event)
      }}
    >
      <BaseContextMenu.Trigger render={children} />
      <BaseContextMenu.Portal>
        <BaseContextMenu.Positioner className={styles.positioner}>
          <BaseContextMenu.Popup className={styles.menu}>
            <MenuLines items={items} />
          </BaseContextMenu.Popup>
        </BaseContextMenu.Positioner>
      </BaseContextMenu.Portal>
    </BaseContextMenu.Root>
  )
}

function MenuLines({ items }: { readonly items: readonly MenuItem[] }) {
  return items.map((item) => {
    if (item.kind === 'separator') return <BaseMenu.Separator key={item.id} className={styles.separator} />
    if (item.kind === 'label') {
      return (
        <div key={item.id} className={styles.label} role="presentation">
          {item.label}
        </div>
      )
    }
    const content = (
      <>
        {item.checked !== undefined && <span className={styles.check}>{item.checked && <Check aria-hidden />}</span>}
        {item.icon}
        {item.label}
        {item.note !== undefined && <span className={styles.note}>{item.note}</span>}
        {item.shortcut !== undefined && <Kbd shortcut={item.shortcut} />}
      </>
    )
    const className = cx(styles.item, item.danger === true && styles.danger)
    return item.checked === undefined ? (
      <BaseMenu.Item key={item.id} className={className} disabled={item.disabled === true} onClick={() => item.run()}>
        {content}
      </BaseMenu.Item>
    ) : (
      <BaseMenu.CheckboxItem
        key={item.id}
        className={className}
        checked={item.checked}
        closeOnClick
        disabled={item.disabled === true}
        onCheckedChange={() => item.run()}
      >
        {content}
      </BaseMenu.CheckboxItem>
    )
  })
}

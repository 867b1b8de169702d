import { Menu as BaseMenu } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import { useMemo } from 'react'
import { cx } from '#renderer/ui/cx.ts'
import { Kbd } from '#renderer/ui/kbd.tsx'
import type { MenuItem } from '#renderer/ui/menu-items.ts'
import styles from '#renderer/ui/popup.module.css'

/** A point of the viewport, in pixels. */
export interface MenuAnchor {
  readonly x: number
  readonly y: number
}

export interface MenuAtProps {
  readonly label: string
  readonly anchor: MenuAnchor
  readonly items: readonly MenuItem[]
  readonly onClose: () => void
}

/** A menu opened by the program, for places on a canvas that have no element of their own. Mount it to open it. */
export function MenuAt({ label, anchor, items, onClose }: MenuAtProps) {
  const place = useMemo(
    () => ({ getBoundingClientRect: () => DOMRect.fromRect({ x: anchor.x, y: anchor.y, width: 0, height: 0 }) }),
    [anchor],
  )
  return (
    <BaseMenu.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <BaseMenu.Portal>
        <BaseMenu.Positioner anchor={place} side="bottom" align="start" sideOffset={2} className={styles.positioner}>
          <BaseMenu.Popup className={styles.menu} aria-label={label}>
            {items.map((item) => (
              <MenuLine key={item.id} item={item} />
            ))}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  )
}

function MenuLine({ item }: { readonly item: MenuItem }) {
  if (item.kind === 'separator') return <BaseMenu.Separator className={styles.separator} />
  if (item.kind === 'label') {
    return (
      <div className={styles.label} role="presentation">
        {item.label}
      </div>
    )
  }
  return (
    <BaseMenu.Item
      className={cx(styles.item, item.danger === true && styles.danger)}
      disabled={item.disabled === true}
      onClick={() => item.run()}
    >
      {item.icon}
      {item.label}
      {item.checked === true && <Check aria-hidden />}
      {item.note !== undefined && <span className={styles.note}>{item.note}</span>}
      {item.shortcut !== undefined && <Kbd shortcut={item.shortcut} />}
    </BaseMenu.Item>
  )
}

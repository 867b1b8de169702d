import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { cx } from './cx.ts'
import styles from './dialog.module.css'
import { IconButton } from './icon-button.tsx'

export interface DialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly title: string
  readonly description?: ReactNode
  /** `full` fills the window: for work with a screen of its own. */
  readonly size?: 'small' | 'large' | 'full'
  /** Where the focus goes unless something inside asks for it: the first control of its content, or the dialog as a whole. */
  readonly focus?: 'first' | 'whole'
  /** Buttons at the bottom right. */
  readonly actions?: ReactNode
  readonly children?: ReactNode
}

const CONTROL = ':is(input, select, textarea, button, a[href], [tabindex="0"]):not(:disabled)'

/** A modal window inside the window. Escape and a click outside close it; focus returns to where it was. */
export function Dialog(props: DialogProps) {
  const { isOpen, onClose, title, description, size = 'small', focus = 'first', actions, children } = props
  const popup = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const footer = useRef<HTMLElement>(null)
  const initialFocus = (): HTMLElement | null => {
    const { activeElement } = document
    if (activeElement instanceof HTMLElement && popup.current?.contains(activeElement) === true) return activeElement
    const first = (part: HTMLElement | null): HTMLElement | undefined =>
      part?.querySelector<HTMLElement>(CONTROL) ?? undefined
    return focus === 'whole' ? popup.current : (first(body.current) ?? first(footer.current) ?? popup.current)
  }
  return (
    <BaseDialog.Root
      open={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={styles.backdrop} />
        <BaseDialog.Popup ref={popup} className={cx(styles.popup, styles[size])} initialFocus={initialFocus}>
          <header className={styles.header}>
            <BaseDialog.Title className={styles.title}>{title}</BaseDialog.Title>
            <BaseDialog.Close
              render={
                <IconButton label="Close">
                  <X aria-hidden />
                </IconButton>
              }
            />
          </header>
          {description !== undefined && (
            <BaseDialog.Description className={styles.description}>{description}</BaseDialog.Description>
          )}
          {children !== undefined && (
            <div ref={body} className={styles.body}>
              {children}
            </div>
          )}
          {actions !== undefined && (
            <footer ref={footer} className={styles.actions}>
              {actions}
            </footer>
          )}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}

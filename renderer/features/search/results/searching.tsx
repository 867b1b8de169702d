import { useEffect } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import styles from './results.module.css'

/** A search under way, which a press or Escape gives up. */
export function Searching({ onCancel }: { readonly onCancel: () => void }) {
  useEffect(() => {
    const handleKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || isInPopup(event.target)) return
      event.preventDefault()
      onCancel()
    }
    document.addEventListener('keydown', handleKey)
    return () => document.removeEventListener('keydown', handleKey)
  }, [onCancel])
  return (
    <div className={styles.searching}>
      <Spinner label="Searching" />
      <Button className={styles.cancel} title="Cancel (Escape)" aria-keyshortcuts="Escape" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  )
}

/** Escape in a dialog or menu closes that. */
function isInPopup(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role=dialog], [role=alertdialog], [role=menu]') !== null
}

import { useEffect } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import styles from './results.module.css'

/** A search under way, which a press or Escape gives up. */
export function Searching({ onCancel }: { readonly onCancel: () => void }) {
  useEffect(() => {
    const handleKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || isPopupOpen()) return
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

/** Escape closes what lies on top first. */
function isPopupOpen(): boolean {
  return document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null
}

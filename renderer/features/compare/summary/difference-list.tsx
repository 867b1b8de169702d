import { useState } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { formatCount } from '#shared/model/format.ts'
import { SignMark } from './sign-mark.tsx'
import styles from './summary.module.css'
import type { Difference } from './wording.ts'

/** Lines shown before a person asks for more: a schema may have thousands of fields. */
const STEP = 100

/** Differences line by line: what came, what went, and what became what. */
export function DifferenceList({ label, items }: { readonly label: string; readonly items: readonly Difference[] }) {
  const [shown, setShown] = useState(STEP)
  return (
    <>
      <ul className={styles.lines} aria-label={label}>
        {items.slice(0, shown).map(({ key, sign, name, before, after, note }) => (
          <li key={key} className={styles.line}>
            <SignMark sign={sign} />
            <span className={styles.name}>{name}</span>
            {note !== undefined && <span className={styles.note}>{note}</span>}
            {before !== undefined && <del className={styles.before}>{before}</del>}
            {before !== undefined && after !== undefined && (
              <span className={styles.arrow} aria-hidden="true">
                →
              </span>
            )}
            {after !== undefined && <ins className={styles.after}>{after}</ins>}
          </li>
        ))}
      </ul>
      {items.length > shown && (
        <Button kind="link" className={styles.rest} onClick={() => setShown(shown + 10 * STEP)}>
          {formatCount(items.length - shown)} more
        </Button>
      )}
    </>
  )
}

import { formatNoun } from '#shared/model/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { openInstead } from '../state/begin.ts'
import { type Review, setStage } from '../state/store.ts'
import styles from './choose.module.css'

/** Lance datasets were named: they can be opened as they are, or their rows imported into another dataset. */
export function LancePanel({ review }: { readonly review: Review }) {
  const { items } = review
  return (
    <div className={styles.panel}>
      <p>
        {items.length === 1 ? 'This is a Lance dataset.' : `These are ${formatNoun(items.length, 'Lance dataset')}.`}{' '}
        Opening only reads. Importing copies the rows into another dataset.
      </p>
      <ul className={styles.names} aria-label="Lance datasets">
        {items.slice(0, 12).map(({ path, name }) => (
          <li key={path} title={path}>
            {name}
          </li>
        ))}
        {items.length > 12 && <li className={styles.quiet}>and {formatNoun(items.length - 12, 'other')}</li>}
      </ul>
      <div className={styles.buttons}>
        <Button kind="primary" autoFocus onClick={() => openInstead(review)}>
          Open
        </Button>
        <Button onClick={() => setStage(review)}>Import the rows…</Button>
      </div>
    </div>
  )
}

import styles from './summary.module.css'
import type { Sign } from './wording.ts'

const GLYPHS: Readonly<Record<Sign, string>> = { added: '+', removed: '−', changed: '~' }

/** `+`, `−` or `~` in its colour; screen readers hear the word. */
export function SignMark({ sign }: { readonly sign: Sign }) {
  return (
    <span className={styles.sign} data-sign={sign} role="img" aria-label={sign}>
      {GLYPHS[sign]}
    </span>
  )
}

import { classColour } from './class-colours.ts'
import { classTitle, wordsOf } from './class-words.ts'
import styles from './class-chip.module.css'
import type { ClassChoice } from './sub-views.ts'

/** The class of a file, with its colour and what it means on hover. */
export function ClassChip({ choice }: { readonly choice: ClassChoice }) {
  const { meaning, freedBy } = wordsOf(choice.class)
  return (
    <span className={styles.chip} title={`${meaning} ${freedBy}`}>
      <Swatch choice={choice} />
      <span className={styles.title}>{classTitle(choice)}</span>
    </span>
  )
}

export function Swatch({ choice }: { readonly choice: ClassChoice }) {
  return <span className={styles.swatch} style={{ backgroundColor: classColour(choice.class) }} aria-hidden />
}

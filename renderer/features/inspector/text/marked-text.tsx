import styles from '../inspector.module.css'

/** UTF-16 ranges [start, end) of a text, ascending. */
export type Marks = readonly (readonly [start: number, end: number])[]

/** Marks drawn; a text may have very many. */
const MARKS_MAX = 2000

/** A text with stretches of it marked. */
export function MarkedText({ text, marks }: { readonly text: string; readonly marks: Marks }) {
  const shown = marks.filter(([start, end]) => end > start && start < text.length).slice(0, MARKS_MAX)
  if (shown.length === 0) return text
  return (
    <>
      {shown.map(([start, end], i) => (
        <span key={start}>
          {text.slice(i === 0 ? 0 : shown[i - 1]?.[1], start)}
          <mark className={styles.mark}>{text.slice(start, end)}</mark>
        </span>
      ))}
      {text.slice(shown.at(-1)?.[1])}
    </>
  )
}

import { useState } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { formatCount } from '#shared/model/format.ts'
import styles from '../inspector.module.css'
import { type Marks, MarkedText } from './marked-text.tsx'

const NO_MARKS: Marks = []

/** Characters shown before the person asks for more. */
const SHORT = 600
/** Characters put on screen at most; beyond, copying is the way. */
const LONG = 200_000

/** Text as it is, line breaks included; long ones unfold on demand. */
export function LongText({ text, marks = NO_MARKS }: { readonly text: string; readonly marks?: Marks | undefined }) {
  // A mark out of sight would not be found.
  const [isOpen, setOpen] = useState((marks[0]?.[1] ?? 0) > SHORT)
  const limit = isOpen ? LONG : SHORT
  return (
    <>
      <div className={styles.text}>
        <MarkedText text={text.length > limit ? `${text.slice(0, limit)}…` : text} marks={marks} />
      </div>
      {text.length > SHORT && (
        <div className={styles.more}>
          <Button kind="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Show less' : 'Show all'}
          </Button>
          {formatCount(text.length)} characters
          {isOpen && text.length > LONG && `, the first ${formatCount(LONG)} shown; copy to get all`}
        </div>
      )}
    </>
  )
}

import { useMemo } from 'react'
import { cx } from '#renderer/ui/cx.ts'
import { formatCount } from '#shared/model/format.ts'
import type { Tokenized } from '#shared/model/search.ts'
import { segmentsOf } from './segments.ts'
import styles from './tokens.module.css'

/** Pieces drawn; the rest is counted. */
const MAX_SHOWN = 4000
/** Neighbours differ in colour. */
const COLOURS = [styles.colour0, styles.colour1, styles.colour2] as const

/** A text as it stands, each token's span on a ground of its own, dropped words struck through; nothing where spans overlap. */
export function ColouredText({ text, tokenized }: { readonly text: string; readonly tokenized: Tokenized }) {
  const segments = useMemo(() => segmentsOf(text, tokenized), [text, tokenized])
  if (text === '') return null
  if (segments === null) {
    return <p className={styles.summary}>The spans of these tokens overlap or are not known: they are listed alone.</p>
  }
  return (
    <p className={styles.coloured} role="group" aria-label="Text with the spans of its tokens">
      {segments.slice(0, MAX_SHOWN).map((segment, place) => {
        if (segment.kind === 'between') return segment.text
        if (segment.kind === 'dropped') {
          return (
            <del key={segment.start} title="Left out">
              {segment.text}
            </del>
          )
        }
        const told = segment.tokens.map(({ text: token, position }) => `${token} at ${position}`).join(', ')
        return (
          <mark
            key={segment.start}
            className={cx(styles.span, COLOURS[Math.floor(place / 2) % COLOURS.length])}
            title={told}
          >
            {segment.text}
          </mark>
        )
      })}
      {segments.length > MAX_SHOWN && (
        <span className={styles.left}> and {formatCount(segments.length - MAX_SHOWN)} more pieces</span>
      )}
    </p>
  )
}

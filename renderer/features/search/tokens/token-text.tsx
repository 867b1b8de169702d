import { useMemo } from 'react'
import { formatCount } from '#shared/model/format.ts'
import type { Tokenized } from '#shared/model/search.ts'
import { type Segment, segmentsOf } from './segments.ts'
import styles from './tokens.module.css'

/** Tokens drawn; the rest are counted. */
const MAX_SHOWN = 2000

/** A text with the token under each word, dropped words struck through; the tokens alone where places are not known. */
export function TokenText({ text, tokenized }: { readonly text: string; readonly tokenized: Tokenized }) {
  const segments = useMemo(() => segmentsOf(text, tokenized), [text, tokenized])
  const { tokens } = tokenized
  if (segments === null) {
    return (
      <ol className={styles.text} aria-label="Tokens">
        {tokens.slice(0, MAX_SHOWN).map(({ text: token, position }, place) => (
          <li key={place} className={styles.token} title={`Position ${position}`}>
            {token}
          </li>
        ))}
        <More left={tokens.length - MAX_SHOWN} />
      </ol>
    )
  }
  const words = segments.filter(({ kind, text: part }) => kind !== 'between' || part.trim() !== '')
  return (
    <ol className={styles.text} aria-label="Words and their tokens">
      {words.slice(0, MAX_SHOWN).map((segment) => (
        <Word key={segment.start} segment={segment} />
      ))}
      <More left={words.length - MAX_SHOWN} />
    </ol>
  )
}

function Word({ segment }: { readonly segment: Segment }) {
  if (segment.kind === 'between') {
    return (
      <li aria-hidden className={styles.between}>
        {segment.text.trim()}
      </li>
    )
  }
  if (segment.kind === 'dropped') {
    return (
      <li className={styles.word}>
        <del>{segment.text}</del>
        <span className={styles.left}>left out</span>
      </li>
    )
  }
  return (
    <li className={styles.word}>
      <span>{segment.text}</span>
      {segment.tokens.map(({ text, position }, place) => (
        <span key={place} className={styles.token}>
          {text}
          <span className={styles.position} aria-label={`position ${position}`}>
            {position}
          </span>
        </span>
      ))}
    </li>
  )
}

function More({ left }: { readonly left: number }) {
  return left > 0 ? <li className={styles.left}>and {formatCount(left)} more</li> : null
}

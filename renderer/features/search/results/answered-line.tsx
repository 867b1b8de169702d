import { TriangleAlert } from 'lucide-react'
import { Button } from '#renderer/ui/button.tsx'
import { formatCount, formatNoun } from '#shared/model/format.ts'
import type { AnsweredBy, SearchResult, SearchWarning } from '#shared/model/search.ts'
import { answeredParts, timeWords } from './answered-words.ts'
import styles from './results.module.css'

export interface AnsweredLineProps {
  readonly result: SearchResult
  /** Starts folding the rows no index covers into the indices; null while that cannot be done. */
  readonly onFoldIn: (() => void) | null
}

/** How the search was answered, and what there is to say about it. */
export function AnsweredLine({ result, onFoldIn }: AnsweredLineProps) {
  const { answeredBy, warnings } = result
  const skipped = warnings.some(({ code }) => code === 'unindexed-rows-skipped')
  const shown = warnings.filter(({ code }) => code !== 'unindexed-rows' && code !== 'unindexed-rows-skipped')
  return (
    <div className={styles.answered} aria-label="How the search was answered" role="status">
      <p className={styles.sentence} title={timeWords(answeredBy)}>
        {answeredParts(answeredBy).map((part, index) => (
          <span key={part}>
            {index > 0 && <span className={styles.dot}> · </span>}
            {part}
          </span>
        ))}
      </p>
      {!answeredBy.bruteForced && answeredBy.unindexedRows > 0 && (
        <Unindexed answeredBy={answeredBy} isSkipped={skipped} onFoldIn={onFoldIn} />
      )}
      {shown.length > 0 && (
        <ul className={styles.warnings} aria-label="Warnings">
          {shown.map((warning) => (
            <Warning
              key={`${warning.code} ${warning.parameter ?? warning.index ?? warning.column ?? ''}`}
              {...warning}
            />
          ))}
        </ul>
      )}
    </div>
  )
}

function Unindexed({
  answeredBy,
  isSkipped,
  onFoldIn,
}: Pick<AnsweredLineProps, 'onFoldIn'> & { readonly answeredBy: AnsweredBy; readonly isSkipped: boolean }) {
  const { unindexedRows, totalRows } = answeredBy
  const what = isSkipped ? 'left out, for no index covers them' : 'searched one by one, for no index covers them'
  return (
    <p className={styles.banner}>
      <TriangleAlert aria-hidden />
      {formatCount(unindexedRows)} of {formatNoun(totalRows, 'row')} {unindexedRows === 1 ? 'was' : 'were'} {what}.
      {onFoldIn !== null && (
        <Button kind="link" onClick={onFoldIn}>
          Fold in now
        </Button>
      )}
    </p>
  )
}

function Warning({ message, hint }: SearchWarning) {
  return (
    <li>
      <TriangleAlert aria-hidden />
      <span>
        {message} {hint !== undefined && <span className={styles.hint}>{hint}</span>}
      </span>
    </li>
  )
}

import type { ImportPreview } from '#shared/model/import/preview.ts'
import { formatCount, formatNoun } from '#shared/model/format.ts'
import { Segmented } from '#renderer/ui/segmented.tsx'
import reviewStyles from '../review/review.module.css'
import type { Draft } from '../state/draft.ts'
import { editDraft } from '../state/store.ts'
import styles from './rows.module.css'

const POLICIES = [
  { id: 'reject', label: 'Put aside' },
  { id: 'null', label: 'Make null' },
  { id: 'stop', label: 'Stop' },
] as const

const WORDS = {
  reject: 'They go to a reject file, with the reason, and the rest is imported.',
  null: 'What cannot be read becomes null; the rest of the row is imported.',
  stop: 'The import stops at the first one; what was committed before stays.',
} as const

/** Rows that do not fit what was planned: how many in the sample, which, and what becomes of them. */
export function BadRowsPart({ draft, badRows }: { readonly draft: Draft; readonly badRows: ImportPreview['badRows'] }) {
  const { count, of, examples, short } = badRows
  return (
    <section className={styles.bad} aria-label="Rows that cannot be read">
      <div className={styles.controls}>
        <span role="status" aria-label="Bad rows">
          {count === 0 ? (
            `All of the first ${formatNoun(of, 'row')} can be read.`
          ) : (
            <b className={reviewStyles.warning}>
              {formatCount(count)} of the first {formatNoun(of, 'row')} cannot be read.
            </b>
          )}
          {short > 0 &&
            ` ${formatNoun(short, 'row')} ${short === 1 ? 'ends' : 'end'} early and ${short === 1 ? 'is' : 'are'} filled with null.`}
        </span>
        <span className={styles.inline}>
          Rows that cannot be read:
          <Segmented
            label="What becomes of rows that cannot be read"
            options={POLICIES}
            value={draft.badRows}
            onChange={(policy) => editDraft(() => ({ badRows: policy }))}
          />
        </span>
        {count > 0 && <span className={reviewStyles.quiet}>{WORDS[draft.badRows]}</span>}
      </div>
      {examples.length > 0 && (
        <ul className={styles.badList} aria-label="Examples of rows that cannot be read">
          {examples.slice(0, 20).map(({ file, line, column, reason, text }) => (
            <li key={`${file}:${line}:${column ?? ''}`}>
              <span className={styles.place} title={file}>
                {file}:{formatCount(line)}
              </span>
              <span>
                {column === undefined ? '' : `${column}: `}
                {reason}
              </span>
              <code>{text}</code>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

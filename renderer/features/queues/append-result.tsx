import { formatCount, formatNoun } from '#shared/model/format.ts'
import type { StreamCounts } from '#shared/model/import/stream.ts'
import styles from './append.module.css'
import type { Misfit } from './push-lines.ts'

const SHOWN = 20

/** Where the records appended so far are. */
export function AppendCounts({ counts }: { readonly counts: StreamCounts }) {
  return (
    <dl className={styles.counts} aria-label="Appended so far">
      <Figure name="total" value={counts.total} />
      <Figure name="buffered" value={counts.buffered} />
      <Figure name="persisted" value={counts.persisted} />
      <Figure name="refused" value={counts.refused} />
    </dl>
  )
}

function Figure({ name, value }: { readonly name: string; readonly value: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{formatCount(value)}</dd>
    </div>
  )
}

/** Records that were not taken, by the line they stand in now. */
export function MisfitList({ misfits }: { readonly misfits: readonly Misfit[] }) {
  if (misfits.length === 0) return null
  return (
    <ul className={styles.misfits} aria-label="Records that do not fit" role="alert">
      {misfits.slice(0, SHOWN).map(({ line, was, reason }) => (
        <li key={line}>
          <b>Line {formatCount(line)}</b>
          {was !== line && ` (was line ${formatCount(was)})`}: {reason}
        </li>
      ))}
      {misfits.length > SHOWN && <li>{formatNoun(misfits.length - SHOWN, 'more record')} that do not fit</li>}
    </ul>
  )
}

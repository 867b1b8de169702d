import { useState } from 'react'
import { type InspectorTarget, type RowAt, useSideSchema } from './use-side.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { toErrorValue } from '#shared/errors.ts'
import { formatCount } from '#shared/model/format.ts'
import styles from './change-inspector.module.css'
import { ChangeField } from './change-field.tsx'
import { fieldPairs } from './field-pairs.ts'

export type ChangeTarget = InspectorTarget & { readonly kind: 'row-change' }

/** Every field of a row that differs between two states: as it was and as it is, whole. */
export function ChangeInspector({ target }: { readonly target: ChangeTarget }) {
  const { from, to, rowNumber, changed, column } = target
  const before = useSideSchema(from)
  const after = useSideSchema(to)
  const [isAll, setAll] = useState(false)
  const failed = before.error ?? after.error
  if (failed !== null) return <ErrorNotice error={toErrorValue(failed)} />
  if (before.isWaiting || after.isWaiting) return <LoadingState />
  const pairs = fieldPairs(before.schema, after.schema, target.areFieldsById)
  const isChange = from !== null && to !== null
  const shown = isChange && !isAll ? pairs.filter(({ name }) => changed.includes(name)) : pairs
  const title = `${isChange ? 'Changed' : to === null ? 'Removed' : 'Added'} row ${formatCount(rowNumber)}`
  const place = [from, to].flatMap((row) => placeText(row)).join(' → ')
  return (
    <section className={styles.inspector} aria-label={title}>
      <header className={styles.header}>
        <h2 className={styles.title}>{title}</h2>
        <span className={styles.place} title={place}>
          {place}
        </span>
      </header>
      {isChange && (
        <label className={styles.toggle}>
          <input type="checkbox" checked={isAll} onChange={(event) => setAll(event.target.checked)} />
          Unchanged fields too
          <span>
            {formatCount(changed.length)} of {formatCount(pairs.length)} changed
          </span>
        </label>
      )}
      <div className={styles.fields}>
        {shown.map((pair) => (
          <ChangeField
            key={pair.name}
            pair={pair}
            from={from}
            to={to}
            schemas={{ from: before.schema, to: after.schema }}
            isChanged={changed.includes(pair.name)}
            isFocused={pair.name === column}
          />
        ))}
      </div>
    </section>
  )
}

/** Another row is another view: what was unfolded or scrolled belongs to the one before. */
export function changeKey({ from, to }: ChangeTarget): string {
  return [from, to].map((row) => (row === null ? '' : `${row.dataset} ${row.version} ${row.rowId}`)).join('\n')
}

function placeText(row: RowAt | null): readonly string[] {
  if (row === null) return []
  return [`${row.branch === undefined ? '' : `${row.branch} `}v${row.version} id ${row.rowId}`]
}

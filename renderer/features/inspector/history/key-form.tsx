import { useState } from 'react'
import type { RowAt } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import { toErrorValue } from '#shared/errors.ts'
import type { KeyCandidate } from '#shared/model/compare.ts'
import styles from './row-history.module.css'
import { useRowKeys } from './use-blame.ts'

export interface KeyFormProps {
  readonly row: RowAt
  /** Null = by row id alone. */
  readonly onChoose: (key: readonly string[] | null) => void
}

/** Asks how to recognise a row whose id changes with every update. */
export function KeyForm({ row, onChoose }: KeyFormProps) {
  const keys = useRowKeys(row, true)
  const [chosen, choose] = useState<string | null>(null)
  const candidates = keys.data ?? []
  const best = candidates.find(({ isUnique }) => isUnique) ?? candidates[0]
  const key = candidates.find((candidate) => idOf(candidate) === chosen) ?? best
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (key !== undefined) onChoose(key.columns)
      }}
    >
      <p>Row ids of this dataset change when rows are updated. Which columns say that it is the same row?</p>
      {keys.isPending && <Spinner label="Looking for keys" />}
      {keys.isError && (
        <ErrorNotice layout="line" error={toErrorValue(keys.error)} onRetry={() => void keys.refetch()} />
      )}
      {keys.data?.length === 0 && <p>No column looks like a key.</p>}
      {candidates.map((candidate) => (
        <label key={idOf(candidate)} className={styles.key}>
          <input type="radio" name="history-key" checked={candidate === key} onChange={() => choose(idOf(candidate))} />
          <b>{candidate.columns.join(', ')}</b>
          <span className={candidate.isUnique ? styles.note : styles.doubt}>{keyText(candidate)}</span>
        </label>
      ))}
      <div className={styles.actions}>
        <Button type="submit" kind="primary" disabled={key === undefined}>
          Follow the row
        </Button>
        <Button kind="link" onClick={() => onChoose(null)}>
          By row id, up to its last update
        </Button>
      </div>
    </form>
  )
}

function idOf({ columns }: KeyCandidate): string {
  return columns.join('\n')
}

function keyText({ isUnique, duplicates, nulls, why }: KeyCandidate): string {
  if (isUnique) return `${why}, unique`
  return `${why}, ${nulls > 0 ? 'with nulls' : duplicates > 0 ? 'not unique' : 'unchecked'}`
}

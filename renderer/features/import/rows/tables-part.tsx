import { useMemo } from 'react'
import { AppError, type ErrorValue } from '#shared/errors.ts'
import type { ImportPreview } from '#shared/model/import/preview.ts'
import type { SourceItem } from '#shared/model/import/source.ts'
import type { DetectedColumn } from '#shared/model/import/tables.ts'
import { formatNoun } from '#shared/model/format.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { FieldNote } from '../review/field.tsx'
import reviewStyles from '../review/review.module.css'
import type { Draft } from '../state/draft.ts'
import type { SpecResult } from '../state/to-spec.ts'
import type { WantedTypes } from '../state/wanted-types.ts'
import { gatherProblems } from '../words.ts'
import { BadRowsPart } from './bad-rows.tsx'
import { ColumnTable } from './column-table.tsx'
import { ReadingFields } from './reading-fields.tsx'
import styles from './rows.module.css'
import { readSample, type SampleTable } from './sample-cells.ts'

export interface TablesPartProps {
  readonly draft: Draft
  readonly preview: ImportPreview | undefined
  readonly items: readonly SourceItem[]
  readonly detected: readonly DetectedColumn[] | undefined
  readonly wanted: WantedTypes
  readonly result: SpecResult
  readonly isBusy: boolean
}

/** How tables are read: dialect, columns with what was found of them, rows that do not fit, and the first rows. */
export function TablesPart({ draft, preview, items, detected, wanted, result, isBusy }: TablesPartProps) {
  return (
    <>
      <header className={reviewStyles.partHead}>
        <span className={reviewStyles.step} aria-hidden>
          2
        </span>
        <h3 className={reviewStyles.partTitle}>Columns and types</h3>
        {isBusy && <span className={styles.busy}>working it out…</span>}
      </header>
      <ReadingFields draft={draft} items={items} found={preview?.reading} result={result} />
      <FoundNotes problems={preview?.problems ?? []} />
      <FieldNote result={result} field="columns" />
      {detected === undefined ? (
        isBusy ? (
          <LoadingState label="Reading the first rows" />
        ) : preview === undefined ? null : (
          <TypedColumns items={items} />
        )
      ) : (
        <ColumnTable draft={draft} columns={detected} wanted={wanted} />
      )}
      {preview !== undefined && preview.badRows.of > 0 && <BadRowsPart draft={draft} badRows={preview.badRows} />}
      {preview !== undefined && <SampleRows sample={preview.sample} />}
    </>
  )
}

/** What was found of how the files are read, and why. */
function FoundNotes({ problems }: Pick<ImportPreview, 'problems'>) {
  const notes = gatherProblems(problems.filter(({ severity }) => severity === 'note'))
  if (notes.length === 0) return null
  const isOne = new Set(problems.map(({ file }) => file)).size === 1
  return (
    <ul className={styles.notes} aria-label="How the files are read, and why">
      {notes.map(({ message, file, count }) => (
        <li key={message}>
          {file !== undefined && !isOne && <span className={styles.place}>{file}: </span>}
          {message}
          {count > 1 && ` (${formatNoun(count, 'file')})`}
        </li>
      ))}
    </ul>
  )
}

/** Columns of sources that have types of their own, which they keep. */
function TypedColumns({ items }: { readonly items: readonly SourceItem[] }) {
  const schema = items.find((item) => item.schema !== undefined)?.schema
  if (schema === undefined || items.some(({ kind }) => kind !== 'lance')) {
    return <EmptyState title="No columns">None of the files that are taken could be read as a table.</EmptyState>
  }
  return (
    <section aria-label="Columns of the datasets">
      <p className={reviewStyles.quiet}>Rows of Lance datasets keep their columns and types.</p>
      <dl className={styles.schema}>
        {schema.map(({ name, type }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{type}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** The first rows, as they would be written. */
function SampleRows({ sample }: { readonly sample: Uint8Array | null }) {
  const read = useMemo(() => tryRead(sample), [sample])
  if ('error' in read) return <ErrorNotice layout="line" title="The first rows cannot be shown" error={read.error} />
  const { table } = read
  if (table === null || table.rows.length === 0) return null
  return (
    <section className={styles.sample} aria-label="First rows">
      <h4 className={styles.subhead}>
        First rows, as they would be written
        {table.hiddenColumns > 0 && <span className={reviewStyles.quiet}> · {table.hiddenColumns} more columns</span>}
      </h4>
      <div className={styles.sampleScroll} tabIndex={0} role="group" aria-label="First rows, scrollable">
        <table className={styles.sampleTable}>
          <thead>
            <tr>
              {table.columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, index) => (
              // Rows of a sample have no key but their place.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={index}>
                {row.map(({ text, tone }, column) => (
                  <td key={table.columns[column]} data-tone={tone}>
                    {text}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function tryRead(sample: Uint8Array | null): { readonly table: SampleTable | null } | { readonly error: ErrorValue } {
  try {
    return { table: readSample(sample) }
  } catch (error) {
    if (error instanceof AppError) return { error: error.toValue() }
    throw error
  }
}

import { ChevronDown, ChevronUp, Copy, History, Search } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { CurrentRows } from '#renderer/features/data/index.ts'
import { RowHistory } from './history/row-history.tsx'
import { inspect, type RowHistoryTarget } from '#renderer/features/workspace/index.ts'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { formatCount } from '#shared/model/format.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { FieldSection } from './field-section.tsx'
import styles from './inspector.module.css'
import type { Marks } from './text/marked-text.tsx'
import { useCopyRow } from './use-copy-row.ts'
import { type RowPlace, useRowsOf } from './use-field.ts'

export interface RowInspectorProps {
  readonly place: RowPlace
  readonly schema: readonly SchemaField[]
  /** The column the row was chosen in; scrolled to when the row changes. */
  readonly focusColumn?: string | undefined
  /** Stretches of text to be marked, by column. */
  readonly marks?: Readonly<Record<string, Marks>> | undefined
  /** Present while the row's history is shown above its fields. */
  readonly history?: RowHistoryTarget | undefined
}

/** Every field of a row in schema order, whole. */
export function RowInspector({ place, schema, focusColumn, marks, history }: RowInspectorProps) {
  const { tab, rowId, rowNumber, of } = place
  const rows = useRowsOf(place)
  const [search, setSearch] = useState('')
  const copyRow = useCopyRow(place, schema)
  const stable = useMemo(() => ({ tab, rowId, rowNumber, of }), [tab, rowId, rowNumber, of])
  const last = (rows?.source.rowCount ?? 0) - 1
  const isElsewhere = rows !== undefined && rowNumber !== null && isNoLonger(rows, rowNumber, rowId)
  const title = titleOf(place, isElsewhere)
  const canStep = rows !== undefined && rowNumber !== null && !isElsewhere
  const toggleHistory = (): void => {
    const column = focusColumn === undefined ? {} : { column: focusColumn }
    const row = {
      dataset: tab.dataset,
      version: tab.version,
      rowId,
      ...(tab.branch === undefined ? {} : { branch: tab.branch }),
    }
    inspect(tab.dataset, {
      kind: 'row',
      rowId,
      rowNumber,
      ...column,
      ...(marks === undefined ? {} : { marks }),
      ...(history === undefined ? { history: { row } } : {}),
    })
  }
  return (
    <section className={styles.inspector} aria-label={title}>
      <header className={styles.header}>
        <h2 className={styles.title}>{title}</h2>
        <span className={styles.rowId} title={`Row id ${rowId}`}>
          id {rowId}
        </span>
        <IconButton
          label="Previous row"
          disabled={!canStep || rowNumber <= 0}
          onClick={() => rowNumber !== null && rows?.goTo(rowNumber - 1)}
        >
          <ChevronUp aria-hidden />
        </IconButton>
        <IconButton
          label="Next row"
          disabled={!canStep || rowNumber >= last}
          onClick={() => rowNumber !== null && rows?.goTo(rowNumber + 1)}
        >
          <ChevronDown aria-hidden />
        </IconButton>
        {of === undefined && (
          <IconButton label="Row history" aria-pressed={history !== undefined} onClick={toggleHistory}>
            <History aria-hidden />
          </IconButton>
        )}
        <IconButton label="Copy row as JSON" onClick={copyRow}>
          <Copy aria-hidden />
        </IconButton>
      </header>
      {history !== undefined && <RowHistory key={historyKey(history)} tab={tab} target={history} />}
      <div className={styles.search}>
        <TextField
          label="Search fields and values"
          placeholder="Search fields and values"
          icon={<Search aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && setSearch('')}
        />
      </div>
      <div className={styles.fields}>
        {schema.map((field) => (
          <FieldSection
            key={field.id}
            place={stable}
            field={field}
            schema={schema}
            search={search}
            marks={marks?.[field.name]}
            isFocused={field.name === focusColumn}
          />
        ))}
      </div>
    </section>
  )
}

function titleOf({ rowNumber, tab, of }: RowPlace, isElsewhere: boolean): string {
  if (of !== undefined) return `Record ${formatCount(of.row)} of ${of.name}`
  if (rowNumber === null) return `Row in v${tab.version}`
  return isElsewhere ? 'Row not in this view' : `Row ${formatCount(rowNumber)}`
}

/** Another row is another history: nothing of the one before may shine through. */
function historyKey({ row, column }: RowHistoryTarget): string {
  return [row.dataset, row.branch, row.version, row.rowId, column].join(' ')
}

/** True when the rows on screen have another row, or none, at the number this one was chosen by. */
function isNoLonger({ source }: CurrentRows, rowNumber: number, rowId: string): boolean {
  return rowNumber >= source.rowCount || (source.rowId(rowNumber) ?? rowId) !== rowId
}

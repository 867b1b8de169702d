import { useMemo, useRef, useState } from 'react'
import { type DetectedColumn, type ImportType, SCALAR_TYPES } from '#shared/model/import/tables.ts'
import { formatCount, formatNoun } from '#shared/model/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { FilterField } from '#renderer/ui/filter-field.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { useVirtualRows } from '#renderer/ui/use-virtual-rows.ts'
import { Choice } from '../review/field.tsx'
import { SeverityIcon } from '../review/review-footer.tsx'
import { type ColumnEdit, type Draft, formatTokens } from '../state/draft.ts'
import { editDraft } from '../state/store.ts'
import { defaultName } from '../state/to-spec.ts'
import { typeToRead, type WantedTypes } from '../state/wanted-types.ts'
import { worstOf } from '../words.ts'
import styles from './rows.module.css'

const ROW_HEIGHT = 50
/** Most columns in sight before the list scrolls by itself; fewer where the window is low. */
const MOST_IN_SIGHT = 8
/** Columns from which on they are looked for by name. */
const MANY = 20
/** How texts without types of their own are called, which says nothing of a column. */
const PLAIN = new Set(['text', 'cells', 'JSON'])

export interface ColumnTableProps {
  readonly draft: Draft
  readonly columns: readonly DetectedColumn[]
  /** Types of the dataset imported into. */
  readonly wanted: WantedTypes
}

/** The columns of the source: what was found, and what they will be. */
export function ColumnTable({ draft, columns, wanted }: ColumnTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [filter, setFilter] = useState('')
  const shown = useMemo(() => {
    const wanted = filter.trim().toLowerCase()
    return wanted === '' ? columns : columns.filter(({ source }) => source.toLowerCase().includes(wanted))
  }, [columns, filter])
  const virtual = useVirtualRows({ count: shown.length, scroller, rowHeight: () => ROW_HEIGHT })
  const skipped = columns.filter(({ source }) => draft.columns[source]?.skip === true).length
  const changed = Object.keys(draft.columns).length
  return (
    <div className={styles.columns}>
      <p className={styles.subhead}>
        {formatNoun(columns.length, 'column')}
        {skipped > 0 && `, ${formatCount(skipped)} skipped`}
        {changed > 0 && (
          <>
            {' · '}
            {formatCount(changed)} changed{' '}
            <Button kind="link" onClick={() => editDraft(() => ({ columns: {} }))}>
              Back to what was found
            </Button>
          </>
        )}
      </p>
      {columns.length >= MANY && <ColumnTools draft={draft} shown={shown} filter={filter} onFilter={setFilter} />}
      <div
        ref={scroller}
        className={styles.columnScroll}
        style={{ height: Math.min(shown.length, MOST_IN_SIGHT) * ROW_HEIGHT + 2 }}
        role="list"
        aria-label="Columns"
        tabIndex={0}
      >
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
          {virtual.getVirtualItems().map(({ index, start }) => {
            const column = shown[index]
            if (column === undefined) return null
            return (
              <ColumnRow
                key={column.source}
                column={column}
                edit={draft.columns[column.source]}
                wanted={wanted}
                top={start}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

interface ColumnToolsProps {
  readonly draft: Draft
  readonly shown: readonly DetectedColumn[]
  readonly filter: string
  readonly onFilter: (filter: string) => void
}

/** Finds columns of a wide table, and takes or skips all that are shown. */
function ColumnTools({ draft, shown, filter, onFilter }: ColumnToolsProps) {
  const areAllIn = shown.every(({ source }) => draft.columns[source]?.skip !== true)
  const toggle = (): void =>
    editDraft(({ columns }) => ({
      columns: {
        ...columns,
        ...Object.fromEntries(shown.map(({ source }) => [source, { ...columns[source], skip: areAllIn }])),
      },
    }))
  return (
    <div className={styles.columnTools}>
      <FilterField label="Filter columns" placeholder="Filter by name" value={filter} onChange={onFilter} />
      <Button onClick={toggle} disabled={shown.length === 0}>
        {areAllIn ? 'Skip' : 'Take'} {filter.trim() === '' ? 'all' : formatCount(shown.length)}
      </Button>
    </div>
  )
}

interface ColumnRowProps {
  readonly column: DetectedColumn
  readonly edit: ColumnEdit | undefined
  readonly wanted: WantedTypes
  /** px from the top of the first row. */
  readonly top: number
}

function ColumnRow({ column, edit = {}, wanted, top }: ColumnRowProps) {
  const { source, type, sourceType, evidence, nulls, examples, problems } = column
  const [isMore, setMore] = useState(false)
  const change = (part: ColumnEdit): void =>
    editDraft(({ columns }) => ({ columns: { ...columns, [source]: { ...columns[source], ...part } } }))
  const name = edit.name ?? defaultName(source)
  const usual = typeToRead(column, name, wanted)
  const current = edit.type ?? usual
  const worst = worstOf(problems)
  const found = [name === source ? '' : `from ${source}`, PLAIN.has(sourceType) ? '' : sourceType]
    .filter((part) => part !== '')
    .join(' · ')
  const isTime = current === 'date' || current === 'timestamp'
  return (
    <div
      className={styles.column}
      role="listitem"
      aria-label={source}
      data-skip={edit.skip === true}
      style={{ transform: `translateY(${top}px)`, height: ROW_HEIGHT }}
    >
      <input
        type="checkbox"
        aria-label={`Take column ${source}`}
        checked={edit.skip !== true}
        onChange={(event) => change({ skip: !event.target.checked })}
      />
      <div className={styles.columnNames}>
        <TextField
          label={`Name of ${source}`}
          mono
          value={name}
          invalid={name === ''}
          onChange={(event) => change({ name: event.target.value })}
        />
        {found !== '' && (
          <span className={styles.found} title={`In the source: ${source}, ${sourceType}`}>
            {found}
          </span>
        )}
      </div>
      <Choice
        label={`Type of ${source}`}
        className={styles.type}
        value={current}
        options={typesFor(type, usual, current)}
        onChange={(next) => change({ type: next })}
      />
      <div className={styles.evidence}>
        <p title={[evidence, ...problems.map(({ message }) => message)].join('\n')} className={styles.finding}>
          {worst !== undefined && <SeverityIcon severity={worst.severity} />}
          <span>
            {worst === undefined || worst.severity === 'note' ? evidence : worst.message}
            {nulls > 0 && ` · ${formatCount(nulls)} null`}
          </span>
        </p>
        {isMore ? (
          <span className={styles.more}>
            <TextField
              className={styles.medium}
              label={`Null in ${source}`}
              mono
              placeholder={`null is, e.g. ${formatTokens(column.nullTokens ?? ['n/a', '-'])}`}
              value={edit.nullTokens ?? ''}
              onChange={(event) => change({ nullTokens: event.target.value })}
            />
            {isTime && (
              <TextField
                className={styles.medium}
                label={`Date format of ${source}`}
                mono
                placeholder={column.dateFormat ?? 'dd.MM.yyyy HH:mm'}
                value={edit.dateFormat ?? ''}
                onChange={(event) => change({ dateFormat: event.target.value })}
              />
            )}
          </span>
        ) : (
          <p className={styles.examples} title={examples.join('\n')}>
            {examples.join('  ·  ')}
          </p>
        )}
      </div>
      <Button kind="ghost" aria-expanded={isMore} aria-label={`More of ${source}`} onClick={() => setMore(!isMore)}>
        {isMore ? 'Less' : isTime ? 'Format…' : 'More…'}
      </Button>
    </div>
  )
}

const LISTS = ['list<string>', 'list<int64>', 'list<float64>'] as const

/** What a column may become: as found or as the dataset has it, each scalar, and lists. */
function typesFor(
  found: ImportType,
  usual: ImportType,
  current: ImportType,
): readonly { readonly id: ImportType; readonly label: string }[] {
  const all: readonly ImportType[] = [...new Set<ImportType>([usual, found, current, ...SCALAR_TYPES, ...LISTS])]
  return all.map((id) => {
    const name = id === 'as-is' ? 'as it is' : id
    if (id === found) return { id, label: `${name} (found)` }
    return { id, label: id === usual ? `${name} (dataset)` : name }
  })
}

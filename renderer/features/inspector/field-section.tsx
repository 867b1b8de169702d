import { ChevronDown, ChevronRight, Copy, ScanSearch } from 'lucide-react'
import { useEffect, useState } from 'react'
import { findSimilar, isSearchedByVector, KindIcon } from '#renderer/features/data/index.ts'
import { copyText } from '#renderer/ui/clipboard.ts'
import { cx } from '#renderer/ui/cx.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { toJsonValue, toPlainText } from '#shared/model/arrow/index.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { BytesView } from './bytes/bytes-view.tsx'
import styles from './inspector.module.css'
import { parseJsonValue } from '#renderer/ui/tree/json-value.ts'
import { matchesField } from '#renderer/ui/tree/search.ts'
import type { Marks } from './text/marked-text.tsx'
import { type FieldState, type RowPlace, useField } from './use-field.ts'
import { type InSight, useInSight } from './use-in-sight.ts'
import { ValueView } from './value-view.tsx'

/** Rows with more fields are searched in the values that were already fetched. */
const SEARCHED_FIELDS_MAX = 200

export interface FieldSectionProps {
  readonly place: RowPlace
  readonly field: SchemaField
  readonly schema: readonly SchemaField[]
  readonly search: string
  readonly marks?: Marks | undefined
  readonly isFocused: boolean
}

/**
 * One field: name, type, and the whole value. Left out when the search finds nothing in it. Out of sight it is its name
 * alone, for a row may have thousands of fields.
 */
export function FieldSection(props: FieldSectionProps) {
  const { field, schema, search, isFocused } = props
  const { ref, element, isInSight } = useInSight()
  // Searching a very wide row looks at the values already there; fetching thousands of cells would not pay.
  const isSearched = search !== '' && schema.length <= SEARCHED_FIELDS_MAX
  useEffect(() => {
    if (isFocused) element.current?.scrollIntoView({ block: 'nearest' })
  }, [isFocused, element])
  if (isInSight || isSearched) return <LoadedField {...props} articleRef={ref} />
  if (!matchesField(field.name, undefined, search)) return null
  return (
    <article ref={ref} className={styles.field} aria-label={field.name}>
      <header className={styles.name}>
        <span className={styles.fold}>
          <ChevronDown aria-hidden />
          <FieldTitle field={field} />
        </span>
      </header>
      <div className={styles.value}>
        <span className={styles.waiting}>…</span>
      </div>
    </article>
  )
}

function LoadedField({
  place,
  field,
  schema,
  search,
  marks,
  isFocused,
  articleRef,
}: FieldSectionProps & { readonly articleRef: InSight['ref'] }) {
  const state = useField(place, field, schema)
  const [isOpen, setOpen] = useState(true)
  if (!matchesField(field.name, searchable(state, field), search)) return null
  const text = copyable(state)
  return (
    <article ref={articleRef} className={cx(styles.field, isFocused && styles.focused)} aria-label={field.name}>
      <header className={styles.name}>
        <button type="button" className={styles.fold} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
          <FieldTitle field={field} />
        </button>
        {place.of === undefined && isSearchedByVector(field) && (
          <IconButton
            label={`Find similar by ${field.name}`}
            className={styles.copy}
            onClick={() => findSimilar(place.tab.dataset, { rowId: place.rowId, column: field.name })}
          >
            <ScanSearch aria-hidden />
          </IconButton>
        )}
        <IconButton
          label={`Copy ${field.name}`}
          className={styles.copy}
          disabled={text === undefined}
          onClick={() => text !== undefined && void copyText(text, field.name)}
        >
          <Copy aria-hidden />
        </IconButton>
      </header>
      {isOpen && (
        <div className={styles.value}>
          <FieldBody state={state} field={field} place={place} search={search} marks={marks} />
        </div>
      )}
    </article>
  )
}

function FieldTitle({ field }: Pick<FieldSectionProps, 'field'>) {
  return (
    <>
      <KindIcon kind={field.kind} className={styles.icon} />
      <span className={styles.label}>{field.name}</span>
      <span className={styles.type}>{field.type}</span>
    </>
  )
}

interface FieldBodyProps {
  readonly state: FieldState
  readonly field: SchemaField
  readonly place: RowPlace
  readonly search: string
  readonly marks: Marks | undefined
}

function FieldBody({ state, field, place, search, marks }: FieldBodyProps) {
  switch (state.kind) {
    case 'waiting':
      return <span className={styles.waiting}>…</span>
    case 'failed':
      return <ErrorNotice layout="line" error={state.error} onRetry={() => state.retry()} />
    case 'ready': {
      const { whole } = state
      // A new row is a new value: what was unfolded or scrolled belongs to the one before.
      const key = `${place.rowId} ${field.id}`
      if (whole.kind === 'bytes') return <BytesView key={key} bytes={whole.bytes} name={field.name} />
      return <ValueView key={key} value={whole.value} label={field.name} place={place} search={search} marks={marks} />
    }
  }
}

function searchable(state: FieldState, field: SchemaField) {
  if (state.kind !== 'ready' || state.whole.kind !== 'value') return undefined
  const { value } = state.whole
  return field.kind === 'json' && value.kind === 'json' ? (parseJsonValue(value.text) ?? value) : value
}

/** Text for the clipboard: nested values as indented JSON, everything else as it is. */
function copyable(state: FieldState): string | undefined {
  if (state.kind !== 'ready' || state.whole.kind !== 'value') return undefined
  const { value } = state.whole
  const isNested = value.kind === 'list' || value.kind === 'struct' || value.kind === 'map'
  return isNested ? JSON.stringify(toJsonValue(value), null, 2) : toPlainText(value)
}

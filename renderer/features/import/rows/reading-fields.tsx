import type { SourceItem, TableKind } from '#shared/model/import/source.ts'
import { DEFAULT_NULL_TOKENS } from '#shared/model/import/tables.ts'
import { TextField } from '#renderer/ui/text-field.tsx'
import { Choice, FieldNote } from '../review/field.tsx'
import { type Draft, formatTokens, type ReadingDraft } from '../state/draft.ts'
import { editDraft } from '../state/store.ts'
import type { SpecResult } from '../state/to-spec.ts'
import styles from './rows.module.css'

const DELIMITERS = [
  { id: '', label: 'detected' },
  { id: ',', label: 'comma' },
  { id: ';', label: 'semicolon' },
  { id: '\\t', label: 'tabulator' },
  { id: '|', label: 'bar' },
] as const
const HEADER = [
  { id: '', label: 'detected' },
  { id: 'yes', label: 'first line' },
  { id: 'no', label: 'none' },
] as const
const ENCODINGS = ['', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-2', 'shift_jis', 'gb18030'].map(
  (id) => ({ id, label: id === '' ? 'detected' : id }),
)

/** How text becomes values, as far as the kinds of files at hand leave a question. */
export function ReadingFields({
  draft,
  items,
  result,
}: {
  readonly draft: Draft
  readonly items: readonly SourceItem[]
  readonly result: SpecResult
}) {
  const { reading } = draft
  const change = (part: Partial<ReadingDraft>): void =>
    editDraft((now) => ({ reading: { ...now.reading, ...part }, columns: {} }))
  const has = (...kinds: readonly TableKind[]): boolean => items.some(({ kind }) => kinds.includes(kind as TableKind))
  const isText = has('csv', 'json', 'jsonl', 'xlsx')
  if (!isText) return null
  const delimiters = DELIMITERS.some(({ id }) => id === reading.delimiter)
    ? DELIMITERS
    : [...DELIMITERS, { id: reading.delimiter, label: reading.delimiter }]
  return (
    <div className={styles.controls} role="group" aria-label="How the files are read">
      {has('csv') && (
        <>
          <label className={styles.inline}>
            Delimiter
            <Choice
              label="Delimiter"
              value={reading.delimiter}
              options={delimiters}
              onChange={(delimiter) => change({ delimiter })}
            />
          </label>
          <Small label="Quote" name="Quote character" value={reading.quote} onChange={(quote) => change({ quote })} />
          <label className={styles.inline}>
            Encoding
            <Choice
              label="Encoding"
              value={reading.encoding}
              options={
                ENCODINGS.some(({ id }) => id === reading.encoding)
                  ? ENCODINGS
                  : [...ENCODINGS, { id: reading.encoding, label: reading.encoding }]
              }
              onChange={(encoding) => change({ encoding })}
            />
          </label>
        </>
      )}
      {has('csv', 'xlsx') && (
        <>
          <label className={styles.inline}>
            Header
            <Choice
              label="Header"
              value={reading.hasHeader}
              options={HEADER}
              onChange={(hasHeader) => change({ hasHeader })}
            />
          </label>
          <Small
            label="Skip lines"
            name="Lines before the header"
            value={reading.skipLines}
            onChange={(skipLines) => change({ skipLines })}
          />
        </>
      )}
      {has('xlsx') && (
        <Wide
          label="Sheet"
          placeholder="the first with rows"
          value={reading.sheet}
          onChange={(sheet) => change({ sheet })}
        />
      )}
      {has('json') && (
        <Wide
          label="Records at"
          placeholder="detected, e.g. data.items"
          value={reading.records}
          onChange={(records) => change({ records })}
        />
      )}
      <Wide
        label="Null is"
        placeholder={formatTokens(DEFAULT_NULL_TOKENS)}
        value={draft.nullTokens ?? ''}
        onChange={(text) => editDraft(() => ({ nullTokens: text === '' ? null : text }))}
      />
      <FieldNote result={result} field="reading" />
      <FieldNote result={result} field="nullTokens" />
    </div>
  )
}

interface SmallProps {
  readonly label: string
  readonly name: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function Small({ label, name, value, onChange }: SmallProps) {
  return (
    <label className={styles.inline}>
      {label}
      <TextField
        className={styles.tiny}
        label={name}
        mono
        placeholder="auto"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  )
}

function Wide({ label, placeholder, value, onChange }: Omit<SmallProps, 'name'> & { readonly placeholder: string }) {
  return (
    <label className={styles.inline}>
      {label}
      <TextField
        className={styles.medium}
        label={label}
        mono
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  )
}

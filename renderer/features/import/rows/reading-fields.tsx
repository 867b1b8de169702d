import type { SourceItem, TableKind } from '#shared/model/import/source.ts'
import { DEFAULT_NULL_TOKENS, type TableReading } from '#shared/model/import/tables.ts'
import { TextField } from '#renderer/ui/text-field.tsx'
import { Choice, FieldNote } from '../review/field.tsx'
import { type Draft, formatTokens, type ReadingDraft } from '../state/draft.ts'
import { editDraft } from '../state/store.ts'
import type { SpecResult } from '../state/to-spec.ts'
import { type ChosenField, optionsOf } from './reading-options.ts'
import styles from './rows.module.css'

export interface ReadingFieldsProps {
  readonly draft: Draft
  readonly items: readonly SourceItem[]
  /** How the first file is read. */
  readonly found: TableReading | undefined
  readonly result: SpecResult
}

/** How text becomes values, as far as the kinds of files at hand leave a question. */
export function ReadingFields({ draft, items, found, result }: ReadingFieldsProps) {
  const { reading } = draft
  const change = (part: Partial<ReadingDraft>): void =>
    editDraft((now) => ({ reading: { ...now.reading, ...part }, columns: {} }))
  const has = (...kinds: readonly TableKind[]): boolean => items.some(({ kind }) => kinds.includes(kind as TableKind))
  if (!has('csv', 'json', 'jsonl', 'xlsx')) return null
  const choice = (label: string, field: ChosenField) => (
    <label className={styles.above}>
      {label}
      <Choice
        label={label}
        value={reading[field]}
        options={optionsOf(field, reading, found)}
        onChange={(value) => change({ [field]: value })}
      />
    </label>
  )
  const { skipLines } = found ?? {}
  return (
    <div className={styles.fields} role="group" aria-label="How the files are read">
      {has('csv') && (
        <>
          {choice('Delimiter', 'delimiter')}
          {choice('Quote', 'quote')}
          {choice('Comments begin with', 'comment')}
          {choice('Rows that end early', 'shortRows')}
          {choice('Encoding', 'encoding')}
        </>
      )}
      {has('csv', 'xlsx') && (
        <>
          {choice('Names of columns', 'hasHeader')}
          <Text
            label="Lines to skip"
            placeholder={skipLines === undefined ? 'detected' : `${skipLines} (detected)`}
            value={reading.skipLines}
            onChange={(text) => change({ skipLines: text })}
          />
        </>
      )}
      {has('xlsx') && (
        <Text
          label="Sheet"
          placeholder={found?.sheet ?? 'the first with rows'}
          value={reading.sheet}
          onChange={(sheet) => change({ sheet })}
        />
      )}
      {has('json') && (
        <Text
          label="Records at"
          placeholder={found?.records ?? 'detected, e.g. data.items'}
          value={reading.records}
          onChange={(records) => change({ records })}
        />
      )}
      <Text
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

interface TextProps {
  readonly label: string
  readonly placeholder: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function Text({ label, placeholder, value, onChange }: TextProps) {
  return (
    <label className={styles.above}>
      {label}
      <TextField
        label={label}
        mono
        placeholder={placeholder}
        value={value}
        title={placeholder}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  )
}

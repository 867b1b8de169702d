import type { ImportPreview } from '#shared/model/import/preview.ts'
import type { DetectedColumn } from '#shared/model/import/tables.ts'
import { Segmented } from '#renderer/ui/segmented.tsx'
import type { Draft } from '../state/draft.ts'
import { editDraft } from '../state/store.ts'
import type { SpecResult } from '../state/to-spec.ts'
import { Check, Choice, ColumnsChoice, Field, FieldNote, Part } from './field.tsx'
import { rowColumns } from './row-columns.ts'

const BY = [
  { id: 'content', label: 'All values' },
  { id: 'columns', label: 'Columns' },
] as const
const KEEP = [
  { id: 'first', label: 'the first is kept' },
  { id: 'last', label: 'the last is kept' },
  { id: 'error', label: 'the import fails' },
] as const

export interface DuplicatesPartProps {
  readonly draft: Draft
  readonly preview: ImportPreview | undefined
  readonly result: SpecResult
  readonly detected: readonly DetectedColumn[] | undefined
}

/** Rows that are the same, and what is done at the end. */
export function DuplicatesPart({ draft, preview, result, detected }: DuplicatesPartProps) {
  const { duplicates } = draft
  const change = (part: Partial<Draft['duplicates']>): void =>
    editDraft((now) => ({ duplicates: { ...now.duplicates, ...part } }))
  const matched = preview?.matches?.flatMap(({ source }) => source ?? []) ?? []
  const columns = rowColumns(draft, detected)
  return (
    <Part step={draft.family === 'documents' ? 6 : 5} title="Duplicates and the end">
      <Check label="Leave out duplicates" checked={duplicates.isOn} onChange={(isOn) => change({ isOn })} />
      {duplicates.isOn && (
        <>
          <Field label="Same by">
            <Segmented label="Same by" options={BY} value={duplicates.by} onChange={(by) => change({ by })} />
          </Field>
          {duplicates.by === 'columns' && (
            <ColumnsChoice
              label="Columns duplicates are told by"
              columns={columns.length > 0 ? columns : matched}
              chosen={duplicates.columns}
              onChange={(chosen) => change({ columns: chosen })}
            />
          )}
          <Field label="Of several">
            <Choice
              label="Of several that are the same"
              value={duplicates.keep}
              options={KEEP}
              onChange={(keep) => change({ keep })}
            />
          </Field>
          <FieldNote result={result} field="duplicates" />
        </>
      )}
      <Check
        label="Compact the fragments it leaves"
        checked={draft.compactAtEnd}
        onChange={(compactAtEnd) => editDraft(() => ({ compactAtEnd }))}
      />
    </Part>
  )
}

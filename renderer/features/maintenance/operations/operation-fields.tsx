import type { MaintenanceKind } from '#shared/model/maintenance.ts'
import { Caution } from '#renderer/ui/caution.tsx'
import { fromLocalField, toLocalField } from '#renderer/ui/local-field.ts'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import type { FragmentEntry } from '#shared/model/fragment.ts'
import { type Draft, FORMATS } from '../operations.ts'
import { Field, WholeField } from './field.tsx'
import { FragmentsField } from './fragments-field.tsx'
import form from '#renderer/ui/form.module.css'
import styles from './operations.module.css'

const KEEP_BY = [
  { id: 'age', label: 'By age' },
  { id: 'date', label: 'By date' },
  { id: 'count', label: 'By number' },
] as const

export interface OperationFieldsProps {
  readonly kind: MaintenanceKind
  readonly draft: Draft
  readonly onDraft: (part: Partial<Draft>) => void
  /** Fragments of the newest version, where some are chosen; undefined until they are read. */
  readonly fragments: readonly FragmentEntry[] | undefined
}

/** What an operation asks; nothing for those that ask nothing. */
export function OperationFields({ kind, draft, onDraft, fragments }: OperationFieldsProps) {
  switch (kind) {
    case 'cleanup':
      return <CleanupFields draft={draft} onDraft={onDraft} />
    case 'refragment':
      return (
        <div className={styles.fields}>
          <Field label="Rows per fragment">
            <WholeField
              label="Rows per fragment"
              value={draft.rowsPerFragment}
              least={1}
              most={1e9}
              onChange={(rowsPerFragment) => onDraft({ rowsPerFragment })}
            />
          </Field>
          <FragmentsField draft={draft} onDraft={onDraft} fragments={fragments} />
        </div>
      )
    case 'delete-rows':
      return (
        <div className={styles.fields}>
          <Field label="Rows that match">
            <TextField
              className={styles.wide}
              label="Rows that match (SQL)"
              mono
              placeholder="amount > 100 AND label IS NULL"
              value={draft.filter}
              onChange={(event) => onDraft({ filter: event.target.value })}
            />
          </Field>
        </div>
      )
    case 'copy':
      return <CopyFields draft={draft} onDraft={onDraft} />
    case 'compact':
    case 'optimize-indices':
    case 'purge-deletions':
    case 'migrate-manifests':
      return null
  }
}

type FieldsProps = Pick<OperationFieldsProps, 'draft' | 'onDraft'>

function CleanupFields({ draft, onDraft }: FieldsProps) {
  return (
    <div className={styles.fields}>
      <Field label="Keep">
        <Segmented
          label="What is kept"
          options={KEEP_BY}
          value={draft.keepBy}
          onChange={(keepBy) => onDraft({ keepBy })}
        />
        <Kept draft={draft} onDraft={onDraft} />
      </Field>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={draft.deleteUnverified}
          onChange={(event) => onDraft({ deleteUnverified: event.target.checked })}
        />
        Also files no version uses that are younger than seven days
      </label>
      {draft.deleteUnverified && (
        <Caution role="note">
          They may belong to a write going on in another program, which then fails or leaves a broken version. Choose
          this only when nobody else writes.
        </Caution>
      )}
    </div>
  )
}

function Kept({ draft, onDraft }: FieldsProps) {
  switch (draft.keepBy) {
    case 'age':
      return (
        <>
          <WholeField
            label="Days kept"
            value={draft.days}
            least={0}
            most={36_500}
            onChange={(days) => onDraft({ days })}
          />
          days
        </>
      )
    case 'date':
      return (
        <>
          <input
            type="datetime-local"
            className={form.select}
            aria-label="Versions kept from"
            step={1}
            value={toLocalField(draft.before)}
            onChange={(event) => {
              const before = fromLocalField(event.target.value)
              if (before !== undefined) onDraft({ before })
            }}
          />
          and newer
        </>
      )
    case 'count':
      return (
        <>
          the newest
          <WholeField
            label="Newest versions kept"
            value={draft.newest}
            least={1}
            most={1_000_000}
            onChange={(newest) => onDraft({ newest })}
          />
          versions
        </>
      )
  }
}

function CopyFields({ draft, onDraft }: FieldsProps) {
  return (
    <div className={styles.fields}>
      <Field label="New dataset">
        <TextField
          className={styles.wide}
          label="Path of the new dataset"
          mono
          value={draft.to}
          onChange={(event) => onDraft({ to: event.target.value })}
        />
      </Field>
      <Field label="Rows per fragment">
        <WholeField
          label="Rows per fragment of the copy"
          placeholder="as LanceDB does"
          isOptional
          value={draft.copyRows}
          least={1}
          most={1e9}
          onChange={(copyRows) => onDraft({ copyRows })}
        />
      </Field>
      <Field label="File format">
        <select
          className={form.select}
          aria-label="File format"
          value={draft.format}
          onChange={(event) => onDraft({ format: event.target.value })}
        >
          <option value="">as it is now</option>
          {FORMATS.map((format) => (
            <option key={format} value={format}>
              {format}
            </option>
          ))}
        </select>
      </Field>
    </div>
  )
}

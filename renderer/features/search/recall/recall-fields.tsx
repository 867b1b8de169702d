import { Play } from 'lucide-react'
import { Button } from '#renderer/ui/button.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { Picker } from '../query/picker.tsx'
import type { RecallForm } from './form.ts'
import styles from './recall.module.css'

export interface RecallFieldsProps {
  /** Vector columns. */
  readonly fields: readonly string[]
  readonly form: RecallForm
  readonly problem: string | null
  readonly isRunning: boolean
  readonly onChange: (part: Partial<RecallForm>) => void
  readonly onStart: () => void
}

/** What is measured: queries, filter, settings. */
export function RecallFields({ fields, form, problem, isRunning, onChange, onStart }: RecallFieldsProps) {
  const field = (key: keyof RecallForm, label: string, placeholder: string, className = styles.short) => (
    <label className={styles.field}>
      <span>{label}</span>
      <TextField
        label={label}
        className={className}
        placeholder={placeholder}
        value={form[key]}
        onChange={(event) => onChange({ [key]: event.target.value })}
      />
    </label>
  )
  return (
    <form
      className={styles.fields}
      aria-label="Recall measurement"
      onSubmit={(event) => {
        event.preventDefault()
        onStart()
      }}
    >
      <label className={styles.field}>
        <span>Column</span>
        <Picker
          label="Vector column to measure"
          value={form.column}
          options={fields.map((name) => ({ id: name, label: name }))}
          onChange={(column) => onChange({ column })}
        />
      </label>
      {field('k', 'k', '10', styles.tiny)}
      <label className={styles.field}>
        <span>Queries from</span>
        <Picker
          label="Queries from"
          value={form.source}
          options={[
            { id: 'sample', label: 'rows by chance' },
            { id: 'vectors', label: 'vectors given' },
          ]}
          onChange={(source) => onChange({ source })}
        />
      </label>
      {form.source === 'sample' ? (
        <>
          {field('sample', 'Queries', '50', styles.tiny)}
          {field('seed', 'Seed', '1', styles.tiny)}
        </>
      ) : (
        field('vectors', 'Vectors', '[…], a list each', styles.wide)
      )}
      {field('nprobes', 'nprobes to try', 'chosen for you')}
      {field('refine', 'refine to try', 'chosen for you')}
      {field('ef', 'ef to try', 'HNSW only')}
      {field('filter', 'Filter of the search (SQL)', 'none', styles.wide)}
      <Button kind="primary" type="submit" disabled={isRunning}>
        <Play aria-hidden /> Measure
      </Button>
      {problem !== null && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </form>
  )
}

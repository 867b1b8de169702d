import { useId } from 'react'
import type { IndexEntry } from '#shared/model/index-entry.ts'
import { cx } from '#renderer/ui/cx.ts'
import form from '#renderer/ui/form.module.css'
import styles from './create.module.css'
import type { ColumnChoice } from './naming.ts'

export interface ColumnPickerProps {
  readonly columns: readonly ColumnChoice[]
  readonly indices: readonly IndexEntry[]
  readonly value: string
  readonly onChange: (path: string) => void
}

/** The column to index, with its type and the indices it has. */
export function ColumnPicker({ columns, indices, value, onChange }: ColumnPickerProps) {
  const id = useId()
  const chosen = columns.find(({ path }) => path === value)
  const existing = indices.filter((index) => index.columns.includes(value))
  return (
    <div className={cx(form.field, styles.field)}>
      <label className={form.label} htmlFor={id}>
        Column
      </label>
      <select id={id} className={form.select} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="" disabled>
          Choose a column
        </option>
        {columns.map(({ path, field }) => (
          <option key={path} value={path}>
            {path} · {field.type}
          </option>
        ))}
      </select>
      {chosen !== undefined && (
        <p className={form.hint}>
          {existing.length === 0
            ? 'It has no index in this version.'
            : `It has ${existing.map(({ name, type }) => `${name} (${type})`).join(', ')}.`}
        </p>
      )}
    </div>
  )
}

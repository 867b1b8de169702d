import { useId, useState } from 'react'
import type { IndexParams, IndexType } from '#shared/model/index-entry.ts'
import { TextField } from '#renderer/ui/text-field.tsx'
import form from '#renderer/ui/form.module.css'
import styles from './create.module.css'
import { fieldsOf, type ParamField } from './params.ts'

export interface ParamFormProps {
  readonly type: IndexType
  readonly params: IndexParams
  readonly problem: string | undefined
  readonly onChange: (params: IndexParams) => void
}

/** The settings of a type, each with what it does; empty leaves it to LanceDB. */
export function ParamForm({ type, params, problem, onChange }: ParamFormProps) {
  const fields = fieldsOf(type, params)
  if (fields.length === 0) return <p className={form.hint}>{type} has nothing to set.</p>
  return (
    <fieldset className={styles.params}>
      <legend className={styles.legend}>Settings of {type}</legend>
      {fields.map((field) => (
        <Param
          key={field.key}
          field={field}
          value={params[field.key]}
          onChange={(value) => onChange({ ...params, [field.key]: value })}
        />
      ))}
      {problem !== undefined && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  )
}

interface ParamProps {
  readonly field: ParamField
  readonly value: string | number | boolean | undefined
  readonly onChange: (value: string | number | boolean | undefined) => void
}

function Param({ field, value, onChange }: ParamProps) {
  const id = useId()
  return (
    <div className={styles.param}>
      <span className={form.label}>{field.title}</span>
      {field.kind === 'number' && <NumberParam field={field} value={value} helpId={id} onChange={onChange} />}
      {field.kind === 'flag' && (
        <input
          type="checkbox"
          aria-label={field.title}
          aria-describedby={id}
          checked={typeof value === 'boolean' ? value : field.fallback}
          onChange={(event) => onChange(event.target.checked)}
        />
      )}
      {field.kind === 'choice' && (
        <select
          className={form.select}
          aria-label={field.title}
          aria-describedby={id}
          value={typeof value === 'string' ? value : field.fallback}
          onChange={(event) => onChange(event.target.value)}
        >
          {field.options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      )}
      <span id={id} className={styles.help}>
        {field.help}
      </span>
    </div>
  )
}

interface NumberParamProps extends ParamProps {
  readonly field: Extract<ParamField, { readonly kind: 'number' }>
  readonly helpId: string
}

/** What is no whole number in bounds is marked and not taken. */
function NumberParam({ field, value, helpId, onChange }: NumberParamProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? (typeof value === 'number' ? String(value) : '')
  const number = Number(text)
  const isGood = text.trim() === '' || (Number.isInteger(number) && number >= field.min && number <= field.max)
  return (
    <TextField
      label={field.title}
      mono
      inputMode="numeric"
      className={styles.number}
      placeholder={field.fallback}
      aria-describedby={helpId}
      invalid={!isGood}
      value={text}
      onChange={(event) => {
        const next = event.target.value
        setTyped(next)
        const read = Number(next)
        if (next.trim() === '') onChange(undefined)
        else if (Number.isInteger(read) && read >= field.min && read <= field.max) onChange(read)
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

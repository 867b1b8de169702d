import { useState } from 'react'
import { TextField } from '#renderer/ui/text-field.tsx'
import styles from './text-builder.module.css'

export interface NumberFieldProps {
  readonly label: string
  readonly value: number | undefined
  readonly placeholder?: string
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly isWhole?: boolean | undefined
  readonly isDisabled?: boolean
  /** Undefined when the field was emptied. Not called for text that is no number in bounds. */
  readonly onChange: (value: number | undefined) => void
}

/** A number that may be left empty. What is out of bounds is marked and not taken. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, placeholder, isDisabled = false, onChange } = props
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? (value === undefined ? '' : String(value))
  return (
    <TextField
      label={label}
      className={styles.number}
      mono
      inputMode="decimal"
      placeholder={placeholder}
      disabled={isDisabled}
      value={shown}
      invalid={shown !== '' && readNumber(shown, props) === null}
      onChange={(event) => {
        const text = event.target.value
        setTyped(text)
        const read = text.trim() === '' ? undefined : readNumber(text, props)
        if (read !== null) onChange(read)
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

function readNumber(text: string, { min, max, isWhole }: Pick<NumberFieldProps, 'min' | 'max' | 'isWhole'>) {
  const number = Number(text.replaceAll(',', ''))
  const isIn = Number.isFinite(number) && number >= (min ?? -Infinity) && number <= (max ?? Infinity)
  return text.trim() !== '' && isIn && (isWhole !== true || Number.isInteger(number)) ? number : null
}

import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import styles from './segmented.module.css'

export interface SegmentedOption<Id extends string> {
  readonly id: Id
  readonly label: string
  /** Small figure after the label. */
  readonly badge?: ReactNode
  readonly isDisabled?: boolean
}

export interface SegmentedProps<Id extends string> {
  readonly label: string
  readonly options: readonly SegmentedOption<Id>[]
  readonly value: Id
  readonly onChange: (id: Id) => void
}

/** One of a few, side by side. Arrow keys choose, as in a group of radio buttons. */
export function Segmented<Id extends string>({ label, options, value, onChange }: SegmentedProps<Id>) {
  const group = useRef<HTMLDivElement>(null)
  const handleKey = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const usable = options.filter((option) => option.isDisabled !== true)
    const index = usable.findIndex((option) => option.id === value)
    const next = (index + step + usable.length) % usable.length
    const chosen = usable[next]
    if (chosen === undefined) return
    onChange(chosen.id)
    group.current?.querySelectorAll<HTMLElement>('[role=radio]:enabled')[next]?.focus()
  }
  return (
    <div ref={group} className={styles.group} role="radiogroup" aria-label={label} onKeyDown={handleKey}>
      {options.map((option) => (
        <button
          key={option.id}
          type="button"
          role="radio"
          aria-checked={option.id === value}
          tabIndex={option.id === value ? 0 : -1}
          className={styles.option}
          disabled={option.isDisabled === true}
          onClick={() => onChange(option.id)}
        >
          {option.label}
          {option.badge !== undefined && <span className={styles.badge}>{option.badge}</span>}
        </button>
      ))}
    </div>
  )
}

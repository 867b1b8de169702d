import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import styles from './segmented.module.css'

export interface Segment<Id extends string> {
  readonly id: Id
  readonly title: string
  /** After the title, such as a count. */
  readonly badge?: ReactNode
  readonly isDisabled?: boolean
}

export interface SegmentedProps<Id extends string> {
  readonly label: string
  readonly items: readonly Segment<Id>[]
  readonly active: Id
  readonly onChange: (id: Id) => void
}

/** One of a few, all in sight. Arrow keys choose, as among radio buttons. */
export function Segmented<Id extends string>({ label, items, active, onChange }: SegmentedProps<Id>) {
  const group = useRef<HTMLDivElement>(null)
  const handleKey = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    const usable = items.filter((item) => item.isDisabled !== true)
    const index = usable.findIndex((item) => item.id === active)
    const next = usable[(index + step + usable.length) % usable.length]
    if (next === undefined) return
    event.preventDefault()
    onChange(next.id)
    group.current?.querySelector<HTMLElement>(`[data-segment="${next.id}"]`)?.focus()
  }
  return (
    <div ref={group} role="radiogroup" aria-label={label} className={styles.group} onKeyDown={handleKey}>
      {items.map(({ id, title, badge, isDisabled = false }) => (
        <button
          key={id}
          type="button"
          role="radio"
          aria-checked={id === active}
          tabIndex={id === active ? 0 : -1}
          data-segment={id}
          className={styles.segment}
          disabled={isDisabled}
          onClick={() => onChange(id)}
        >
          {title}
          {badge}
        </button>
      ))}
    </div>
  )
}

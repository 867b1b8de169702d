import { type KeyboardEvent, useRef } from 'react'
import type { MaintenanceKind } from '#shared/model/maintenance.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { useForecast } from '../queries.ts'
import { type AskedOperation, OPERATIONS, type OperationInfo } from '../operations.ts'
import { forecastLine } from '../words.ts'
import styles from './operations.module.css'

export interface OperationListProps {
  readonly tab: DatasetTab
  readonly chosen: MaintenanceKind
  readonly onChoose: (kind: MaintenanceKind) => void
  readonly toOperation: (kind: MaintenanceKind) => AskedOperation | undefined
}

/** Every operation with one line of what it would do now. Arrow keys choose. */
export function OperationList({ tab, chosen, onChoose, toOperation }: OperationListProps) {
  const list = useRef<HTMLDivElement>(null)
  const handleKey = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const at = OPERATIONS.findIndex(({ kind }) => kind === chosen)
    const next = Math.max(0, Math.min(OPERATIONS.length - 1, at + step))
    const info = OPERATIONS[next]
    if (info === undefined) return
    onChoose(info.kind)
    list.current?.querySelectorAll<HTMLElement>('[role=radio]')[next]?.focus()
  }
  return (
    <div ref={list} className={styles.list} role="radiogroup" aria-label="Operations" onKeyDown={handleKey}>
      {OPERATIONS.map((info) => (
        <Line
          key={info.kind}
          tab={tab}
          info={info}
          isChosen={info.kind === chosen}
          onChoose={onChoose}
          // What is typed into a filter or path is not asked about here: the panel does.
          operation={info.isKnownAtOnce ? toOperation(info.kind) : undefined}
        />
      ))}
    </div>
  )
}

interface LineProps {
  readonly tab: DatasetTab
  readonly info: OperationInfo
  readonly isChosen: boolean
  readonly onChoose: (kind: MaintenanceKind) => void
  readonly operation: AskedOperation | undefined
}

function Line({ tab, info, isChosen, onChoose, operation }: LineProps) {
  const forecast = useForecast(tab, operation)
  const line = !info.isKnownAtOnce
    ? info.kind === 'copy'
      ? 'Another size or file format'
      : 'Counted before'
    : operation === undefined
      ? 'Its fields are not complete'
      : forecast.isError
        ? 'Not possible now'
        : forecast.data === undefined
          ? 'Working out…'
          : forecastLine(forecast.data)
  const isIdle = forecast.data?.nothingToDo === true
  return (
    <button
      type="button"
      role="radio"
      aria-checked={isChosen}
      tabIndex={isChosen ? 0 : -1}
      className={styles.line}
      onClick={() => onChoose(info.kind)}
    >
      <span className={styles.name}>{info.title}</span>
      <span className={isIdle ? styles.idle : styles.forecast}>{line}</span>
    </button>
  )
}

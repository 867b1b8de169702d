import { CircleAlert, Clock, Play, X } from 'lucide-react'
import { type ReactNode, type Ref, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { Menu } from '#renderer/ui/menu.tsx'
import type { MenuItem } from '#renderer/ui/menu-items.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { FilterProblem } from '../sql/lint.ts'
import styles from './filter-bar.module.css'
import { FilterInput, type FilterInputHandle } from './filter-input.tsx'
import type { FilterHelp } from './use-filter-help.ts'

export interface FilterBarHandle {
  focus(): void
}

export interface FilterBarProps {
  readonly schema: readonly SchemaField[]
  readonly help: FilterHelp
  /** The filter the rows on screen follow. */
  readonly applied: string
  readonly onApply: (filter: string) => void
  readonly history: readonly string[]
  /** Matches and time, or what is going on. */
  readonly result: ReactNode
  /** Buttons at the end of the bar. */
  readonly children: ReactNode
  readonly ref?: Ref<FilterBarHandle>
}

/** Where a person says which rows to see: the SQL, whether it is valid, and what came of it. */
export function FilterBar({ schema, help, applied, onApply, history, result, children, ref }: FilterBarProps) {
  const input = useRef<FilterInputHandle>(null)
  const [draft, setDraft] = useState(applied)
  const [lastApplied, setLastApplied] = useState(applied)
  const [problems, setProblems] = useState<readonly FilterProblem[]>([])
  // Quick filters and Clear change the applied filter from outside; what is typed gives way to it.
  if (applied !== lastApplied) {
    setLastApplied(applied)
    setDraft(applied)
    setProblems([])
  }
  useImperativeHandle(ref, () => ({ focus: () => input.current?.focus() }))

  const change = (text: string): void => {
    setDraft(text)
    setProblems([])
  }
  const revert = (): void => {
    change(applied)
    input.current?.setText(applied)
  }
  const isChanged = draft.trim() !== applied
  const problem = problems[0]
  return (
    <>
      <div className={styles.bar} role="search" aria-label="Filter rows">
        <div className={cx(styles.box, problem !== undefined && styles.invalid)}>
          <span className={styles.label}>WHERE</span>
          <FilterInput
            ref={input}
            text={draft}
            schema={schema}
            help={help}
            onChange={change}
            onSubmit={(text) => onApply(text.trim())}
            onRevert={revert}
            onProblems={setProblems}
          />
          {(draft !== '' || applied !== '') && (
            <IconButton label="Clear filter" className={styles.clear} onClick={() => (change(''), onApply(''))}>
              <X aria-hidden />
            </IconButton>
          )}
          <HistoryMenu history={history} onPick={(text) => (change(text), onApply(text))} />
        </div>
        <Button
          kind={isChanged ? 'primary' : 'plain'}
          disabled={draft.trim() === '' && applied === ''}
          onClick={() => onApply(draft.trim())}
        >
          <Play aria-hidden />
          Run
        </Button>
        {children}
      </div>
      <div className={styles.below} aria-live="polite">
        {problem !== undefined && isChanged ? (
          <span className={styles.problem}>
            <CircleAlert aria-hidden />
            {problem.message}
          </span>
        ) : (
          result
        )}
      </div>
    </>
  )
}

function HistoryMenu({
  history,
  onPick,
}: {
  readonly history: readonly string[]
  readonly onPick: (filter: string) => void
}) {
  const items = useMemo<readonly MenuItem[]>(
    () => [
      { kind: 'label', id: 'title', label: history.length === 0 ? 'No filters run yet' : 'Recent filters' },
      ...history.map((text): MenuItem => ({ id: text, label: shorten(text), run: () => onPick(text) })),
    ],
    [history, onPick],
  )
  return (
    <Menu
      align="end"
      items={items}
      trigger={
        <Button kind="ghost" aria-label="Recent filters" className={styles.history}>
          <Clock aria-hidden />
        </Button>
      }
    />
  )
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > 90 ? `${line.slice(0, 90)}…` : line
}

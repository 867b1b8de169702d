import { useState } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { type ColumnRef, type Condition, conditionSql } from '../sql/condition.ts'
import styles from './dialogs.module.css'
import type { AskedCondition } from './header-menu.ts'

export interface ConditionDialogProps {
  readonly column: ColumnRef
  readonly asked: AskedCondition
  readonly onFilter: (sql: string) => void
  readonly onClose: () => void
}

/** Asks for the value of a quick filter and shows the SQL it becomes. */
export function ConditionDialog({ column, asked, onFilter, onClose }: ConditionDialogProps) {
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [matchCase, setMatchCase] = useState(false)
  const result = conditionSql(column, conditionOf(asked, first, second, !matchCase))
  const isText = column.field.kind === 'string' || column.field.kind === 'dictionary'
  const isReady = result.ok && (first !== '' || (isText && asked !== 'contains'))
  const submit = (): void => {
    if (!isReady || !result.ok) return
    onFilter(result.sql)
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`${column.path.join('.')} ${TITLES[asked]}`}
      description={`Values of type ${column.field.type}`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={!isReady} onClick={submit}>
            Add filter
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <TextField
          mono
          autoFocus
          label={asked === 'between' ? 'From' : 'Value'}
          placeholder={asked === 'between' ? 'From' : 'Value'}
          value={first}
          onChange={(event) => setFirst(event.target.value)}
        />
        {asked === 'between' && (
          <TextField
            mono
            label="To"
            placeholder="To"
            value={second}
            onChange={(event) => setSecond(event.target.value)}
          />
        )}
        {asked === 'contains' && isText && (
          <label className={styles.option}>
            <input type="checkbox" checked={matchCase} onChange={() => setMatchCase(!matchCase)} />
            Match upper and lower case
          </label>
        )}
        <output className={styles.sql}>{result.ok ? result.sql : first === '' ? '' : result.reason}</output>
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}

const TITLES: Readonly<Record<AskedCondition, string>> = {
  equals: 'equals',
  'not-equals': 'does not equal',
  less: 'is less than',
  greater: 'is greater than',
  between: 'is between',
  contains: 'contains',
  'starts-with': 'starts with',
}

function conditionOf(asked: AskedCondition, first: string, second: string, ignoreCase: boolean): Condition {
  switch (asked) {
    case 'equals':
      return { kind: 'compare', operator: '=', text: first }
    case 'not-equals':
      return { kind: 'compare', operator: '!=', text: first }
    case 'less':
      return { kind: 'compare', operator: '<', text: first }
    case 'greater':
      return { kind: 'compare', operator: '>', text: first }
    case 'between':
      return { kind: 'between', low: first, high: second }
    case 'contains':
      return { kind: 'contains', text: first, ignoreCase }
    case 'starts-with':
      return { kind: 'starts-with', text: first }
  }
}

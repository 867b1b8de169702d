import { ChevronDown } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { type DatasetTab, useApi } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Menu } from '#renderer/ui/menu.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import { toErrorValue } from '#shared/errors.ts'
import type { CompareSummary } from '#shared/model/compare.ts'
import { formatNoun } from '#shared/model/format.ts'
import type { OpenCompare } from '../compare-store.ts'
import { useKeyCandidates, useSideSummary } from '../use-summary.ts'
import { defaultChoice, hasRowIds, type IdentityChoice, keyColumns, toRowsInput } from './identity-choice.ts'
import type { RowsToRead } from './rows-outlook.ts'
import styles from './rows.module.css'
import { startRun } from './run-store.ts'
import { candidateText } from './wording.ts'

export interface IdentityFormProps {
  readonly tab: DatasetTab
  readonly sides: OpenCompare
  readonly summary: CompareSummary
  readonly outlook: RowsToRead
}

/** Asks how to tell which rows are the same row, and starts the comparison. */
export function IdentityForm({ tab, sides, summary, outlook }: IdentityFormProps) {
  const api = useApi()
  const fromQuery = useSideSummary(sides.from)
  const toQuery = useSideSummary(sides.to)
  const from = fromQuery.data
  const to = toQuery.data
  const schemaError = fromQuery.error ?? toQuery.error
  const [chosen, choose] = useState<IdentityChoice | null>(null)
  const [picked, pick] = useState<readonly string[]>([])
  const canUseRowIds = hasRowIds(summary, from, to)
  const isKnown = from !== undefined && to !== undefined
  // Looking for keys reads rows, which nobody needs who has row ids.
  const [wantsKeys, setWantsKeys] = useState(false)
  const candidates = useKeyCandidates(tab.dataset, sides, isKnown && (!canUseRowIds || wantsKeys))
  const choice = chosen ?? defaultChoice(canUseRowIds, candidates.data ?? [])
  const rows = toRowsInput(choice, picked)
  // Without the schemas and proposals the default would change under the person's hand.
  const isReady = chosen !== null || (isKnown && (canUseRowIds || !candidates.isPending))
  const toggle = (column: string): void => {
    choose({ kind: 'columns' })
    pick(picked.includes(column) ? picked.filter((name) => name !== column) : [...picked, column])
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady && rows !== undefined) void startRun(api, tab.dataset, sides, rows)
      }}
    >
      <fieldset className={styles.choices}>
        <legend>How are rows told apart?</legend>
        {canUseRowIds && (
          <Choice
            isChosen={choice.kind === 'row-id'}
            onChoose={() => choose({ kind: 'row-id' })}
            title="Stable row ids"
          >
            every row of this dataset keeps its id for life
          </Choice>
        )}
        {canUseRowIds && !wantsKeys && (
          <Button kind="link" className={styles.propose} onClick={() => setWantsKeys(true)}>
            Look for keys instead
          </Button>
        )}
        {schemaError !== null && (
          <ErrorNotice
            layout="line"
            title="The columns could not be read"
            error={toErrorValue(schemaError)}
            onRetry={() => void Promise.all([fromQuery.refetch(), toQuery.refetch()])}
          />
        )}
        {candidates.isFetching && <Spinner label="Looking for keys" />}
        {candidates.isError && (
          <ErrorNotice
            layout="line"
            title="No key could be proposed"
            error={toErrorValue(candidates.error)}
            onRetry={() => void candidates.refetch()}
          />
        )}
        {candidates.data?.map((candidate) => (
          <Choice
            key={candidate.columns.join('\n')}
            isChosen={choice.kind === 'candidate' && choice.columns.join('\n') === candidate.columns.join('\n')}
            onChoose={() => choose({ kind: 'candidate', columns: candidate.columns })}
            title={`Key: ${candidate.columns.join(', ')}`}
            isDoubtful={!candidate.isUnique}
          >
            {candidateText(candidate)}
          </Choice>
        ))}
        <Choice
          isChosen={choice.kind === 'columns'}
          onChoose={() => choose({ kind: 'columns' })}
          title="Key of your choice"
          beside={<ColumnMenu columns={keyColumns(from, to)} picked={picked} onToggle={toggle} />}
        >
          {picked.length === 0 ? 'one column or several together' : picked.join(', ')}
        </Choice>
        <Choice isChosen={choice.kind === 'content'} onChoose={() => choose({ kind: 'content' })} title="Whole content">
          rows are the same when all their values are; a changed row then counts as removed and added
        </Choice>
      </fieldset>
      <div className={styles.start}>
        <Button type="submit" kind="primary" disabled={!isReady || rows === undefined}>
          Compare rows
        </Button>
        <span>{outlookText(outlook)}</span>
      </div>
    </form>
  )
}

function outlookText({ rowsAtMost, fragments }: RowsToRead): string {
  const rows = `Reads at most ${formatNoun(rowsAtMost, 'row')}`
  return fragments === null
    ? `${rows}: all of both datasets.`
    : `${rows}: those of ${formatNoun(fragments, 'fragment')} that differ.`
}

interface ChoiceProps {
  readonly isChosen: boolean
  readonly onChoose: () => void
  readonly title: string
  readonly isDoubtful?: boolean
  readonly beside?: ReactNode
  readonly children: ReactNode
}

function Choice({ isChosen, onChoose, title, isDoubtful = false, beside, children }: ChoiceProps) {
  const id = useId()
  return (
    <div className={styles.choice} data-chosen={isChosen || undefined}>
      <label>
        <input type="radio" name="identity" checked={isChosen} onChange={onChoose} aria-describedby={id} />
        {title}
      </label>
      {beside}
      <span id={id} className={isDoubtful ? styles.doubt : styles.why}>
        {children}
      </span>
    </div>
  )
}

interface ColumnMenuProps {
  readonly columns: readonly string[]
  readonly picked: readonly string[]
  readonly onToggle: (column: string) => void
}

function ColumnMenu({ columns, picked, onToggle }: ColumnMenuProps) {
  return (
    <Menu
      trigger={
        <Button disabled={columns.length === 0}>
          Columns
          <ChevronDown aria-hidden />
        </Button>
      }
      items={columns.map((column) => ({
        id: column,
        label: column,
        checked: picked.includes(column),
        run: () => onToggle(column),
      }))}
    />
  )
}

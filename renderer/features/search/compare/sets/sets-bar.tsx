import { useState } from 'react'
import { formatNoun } from '#shared/model/format.ts'
import type { ViewProps } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Menu } from '#renderer/ui/menu.tsx'
import type { MenuItem } from '#renderer/ui/menu-items.ts'
import { ProgressBar } from '#renderer/ui/spinner.tsx'
import { type Bench, newBench, toComparison } from '../bench.ts'
import styles from '../compare.module.css'
import { benchOf, type KeptSet } from './kept-set.ts'
import { RunsTable } from './runs-table.tsx'
import { SaveSetDialog, SetsDialog } from './sets-dialogs.tsx'
import { cancelRun, startRun, useSets } from './sets-store.ts'

export interface SetsBarProps extends ViewProps {
  readonly bench: Bench
  readonly onBench: (bench: Bench) => void
}

/** What was judged so far, the sets it is kept in, and how they fared over time. */
export function SetsBar({ tab, at, summary, bench, onBench }: SetsBarProps) {
  const { dataset } = tab
  const state = useSets(dataset)
  const [open, setOpen] = useState<'save' | 'manage' | null>(null)
  const { judged, setName } = bench
  const judgments = judged.reduce((sum, query) => sum + query.judgments.length, 0)
  const sets = state?.sets ?? []
  const set = sets.find(({ name }) => name === setName)
  const run = state?.run
  const close = (): void => setOpen(null)
  const askAgain = (question: Bench['question']): void => {
    const next = { ...bench, question }
    const comparison = toComparison(next)
    onBench({ ...next, asked: comparison.ok ? comparison.asked : null })
  }
  return (
    <div className={styles.sets}>
      <div className={styles.setsLine} role="group" aria-label="Relevance sets">
        <span role="status">
          {judgments === 0
            ? 'Nothing judged yet'
            : `${formatNoun(judgments, 'judgment')} on ${formatNoun(judged.length, 'question')}`}
          {setName !== null && ` · set “${setName}”`}
          {set !== undefined && isChanged(bench, set) && ' · changed since it was saved'}
          {!summary.stableRowIds &&
            bench.keyColumn === '' &&
            ' · row ids of this dataset change when it is compacted: tell rows apart by a column'}
        </span>
        {judged.length > 0 && (
          <Menu
            items={judged.map((query): MenuItem => ({
              id: query.id,
              label: query.label,
              note: formatNoun(query.judgments.length, 'judgment'),
              run: () => askAgain(query.question),
            }))}
            trigger={<Button>Judged questions</Button>}
          />
        )}
        <Button disabled={state === undefined || judged.length === 0} onClick={() => setOpen('save')}>
          Save set…
        </Button>
        <Button disabled={sets.length === 0} onClick={() => setOpen('manage')}>
          Sets ({sets.length})…
        </Button>
        {setName !== null && (
          <Button onClick={() => onBench({ ...emptied(bench), configurations: bench.configurations })}>New set</Button>
        )}
        {set !== undefined && (
          <Button
            disabled={run !== undefined || isChanged(bench, set)}
            title={isChanged(bench, set) ? 'Save the set first: what is saved is what is run.' : undefined}
            onClick={() => void startRun(dataset, set, { at, version: tab.version, schema: summary.schema })}
          >
            Run set
          </Button>
        )}
      </div>
      {run !== undefined && (
        <div className={styles.setsLine}>
          <ProgressBar label={`Running ${run.name}`} value={run.total === 0 ? 1 : run.done / run.total} />
          <span>
            {run.done} of {run.total} searches
          </span>
          <Button onClick={() => cancelRun(dataset)}>Cancel</Button>
        </div>
      )}
      {state?.error !== undefined && (
        <ErrorNotice title="The relevance set could not be saved or run" error={state.error} layout="line" />
      )}
      {set !== undefined && <RunsTable runs={set.runs} />}
      {open === 'save' && (
        <SaveSetDialog
          dataset={dataset}
          location={tab.location}
          bench={bench}
          sets={sets}
          onSaved={(name) => onBench({ ...bench, setName: name })}
          onClose={close}
        />
      )}
      {open === 'manage' && (
        <SetsDialog
          dataset={dataset}
          sets={sets}
          onOpen={(chosen) => onBench(benchOf(chosen, bench))}
          onDeleted={(name) => {
            if (name === setName) onBench({ ...bench, setName: null })
          }}
          onClose={close}
        />
      )}
    </div>
  )
}

/** True when the bench holds other judgments or ways than the set that was saved. */
function isChanged(bench: Bench, set: KeptSet): boolean {
  const ofSet = benchOf(set, bench)
  const key = ({ judged, configurations, k, keyColumn }: Bench): string =>
    JSON.stringify([judged, configurations, Number(k), keyColumn])
  return key(ofSet) !== key(bench)
}

function emptied(bench: Bench): Bench {
  const { question, keyColumn, titleColumn } = bench
  return { ...newBench({ question, modes: [], keyColumn, titleColumn }), k: bench.k }
}

import { useState } from 'react'
import { formatNoun } from '#shared/model/format.ts'
import type { ViewProps } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { toErrorValue } from '#shared/errors.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Menu } from '#renderer/ui/menu.tsx'
import type { MenuItem } from '#renderer/ui/menu-items.ts'
import { ProgressBar } from '#renderer/ui/spinner.tsx'
import { type Bench, newBench, toComparison } from '../bench.ts'
import styles from '../compare.module.css'
import { benchOf, isChanged } from './kept-set.ts'
import { RunsTable } from './runs-table.tsx'
import { SaveSetDialog } from './save-dialog.tsx'
import { SetsDialog } from './sets-dialog.tsx'
import { cancelRun, startRun, useSet, useSetList, useSetsState } from './sets-store.ts'

export interface SetsBarProps extends ViewProps {
  readonly bench: Bench
  readonly onBench: (bench: Bench) => void
}

/** What was judged so far, the sets it is kept in, and how they fared over time. */
export function SetsBar({ tab, at, summary, bench, onBench }: SetsBarProps) {
  const { dataset } = tab
  const { run, error } = useSetsState(dataset)
  const list = useSetList(dataset)
  const [open, setOpen] = useState<'save' | 'manage' | null>(null)
  const { judged, setName } = bench
  const judgments = judged.reduce((sum, query) => sum + query.judgments.length, 0)
  const entries = list.data ?? []
  const kept = useSet(dataset, setName)
  const set = kept.data
  const changed = set !== undefined && isChanged(bench, set)
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
          {changed && ' · changed since it was saved'}
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
        <Button disabled={list.isPending || judged.length === 0} onClick={() => setOpen('save')}>
          Save set…
        </Button>
        <Button disabled={list.isPending} onClick={() => setOpen('manage')}>
          Sets ({entries.length})…
        </Button>
        {setName !== null && (
          <Button onClick={() => onBench({ ...emptied(bench), configurations: bench.configurations })}>New set</Button>
        )}
        {set !== undefined && (
          <Button
            disabled={run !== undefined || changed}
            title={changed ? 'Save the set first: what is saved is what is run.' : undefined}
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
      {error !== undefined && (
        <ErrorNotice title="The relevance sets could not be changed or run" error={error} layout="line" />
      )}
      {list.isError && (
        <ErrorNotice
          title="The relevance sets could not be listed"
          error={toErrorValue(list.error)}
          layout="line"
          onRetry={() => void list.refetch()}
        />
      )}
      {kept.isError && (
        <ErrorNotice
          title="The relevance set could not be read"
          error={toErrorValue(kept.error)}
          layout="line"
          onRetry={() => void kept.refetch()}
        />
      )}
      {set !== undefined && <RunsTable runs={set.runs} />}
      {open === 'save' && (
        <SaveSetDialog
          dataset={dataset}
          bench={bench}
          names={entries.flatMap((entry) => (entry.kind === 'set' ? [entry.name] : []))}
          onSaved={(name) => onBench({ ...bench, setName: name })}
          onClose={close}
        />
      )}
      {open === 'manage' && (
        <SetsDialog
          dataset={dataset}
          entries={entries}
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

function emptied(bench: Bench): Bench {
  const { question, keyColumn, titleColumn } = bench
  return { ...newBench({ question, modes: [], keyColumn, titleColumn }), k: bench.k }
}

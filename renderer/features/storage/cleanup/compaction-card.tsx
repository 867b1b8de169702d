import { toErrorValue } from '#shared/errors.ts'
import { formatBytes, formatCount, formatExactBytes, formatNoun } from '#shared/model/format.ts'
import type { CompactionPreview } from '#shared/model/storage.ts'
import { openOperation } from '#renderer/features/maintenance/index.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import { CopyCodeMenu } from '../copy-code-menu.tsx'
import { useCompactionPreview } from '../queries.ts'
import styles from './card.module.css'
import { BLOCKED_WHY, compactionHeadline, shortList } from './words.ts'

/** What LanceDB's compaction would rewrite in the newest version of the branch on screen. */
export function CompactionCard({ tab }: { readonly tab: DatasetTab }) {
  const compaction = useCompactionPreview(tab)
  return (
    <section className={styles.card} aria-label="Compaction preview" aria-busy={compaction.isFetching}>
      <div className={styles.header}>
        <span className={styles.kicker}>
          Compaction of {tab.branch === undefined ? 'main' : `branch ${tab.branch}`}, previewed
        </span>
        {compaction.data !== undefined && compaction.data.tasks.length > 0 && (
          <>
            {tab.branch === undefined && (
              <Button onClick={() => openOperation(tab.dataset, 'compact')}>Compact…</Button>
            )}
            <CopyCodeMenu tab={tab} branch={tab.branch} remedy={{ kind: 'compact' }} />
          </>
        )}
      </div>
      {compaction.isError ? (
        <ErrorNotice
          layout="line"
          title="The preview could not be made"
          error={toErrorValue(compaction.error)}
          onRetry={() => void compaction.refetch()}
        />
      ) : compaction.data === undefined ? (
        <Spinner label="Working out what would be rewritten" />
      ) : (
        <Plan preview={compaction.data} />
      )}
      <p className={styles.nothing}>
        A preview by the rules of LanceDB’s compaction. Nothing is rewritten here. What it replaces stays on disk until
        the versions that use it are cleaned up.
      </p>
    </section>
  )
}

const TASKS_SHOWN = 20

function Plan({ preview }: { readonly preview: CompactionPreview }) {
  const { tasks, blocked } = preview
  return (
    <>
      <p className={styles.headline}>{compactionHeadline(preview)}</p>
      <p className={styles.sentence}>
        {tasks.length === 0
          ? 'LanceDB would find no fragments to join and none with enough deleted rows.'
          : `${formatNoun(tasks.length, 'task')} would read at most ${formatBytes(preview.bytesReadAtMost)} and replace ${formatNoun(preview.filesReplaced, 'file')}.`}
      </p>
      {tasks.length > 0 && <Tasks tasks={tasks} />}
      {blocked.map(({ fragments, why }) => (
        <p key={`${why} ${fragments.join(' ')}`} className={styles.why}>
          <b>
            {fragments.length === 1 ? 'Fragment' : 'Fragments'} {shortList(fragments)} left out.
          </b>{' '}
          {BLOCKED_WHY[why]}
        </p>
      ))}
    </>
  )
}

function Tasks({ tasks }: Pick<CompactionPreview, 'tasks'>) {
  return (
    <table className={styles.table} aria-label="Tasks">
      <thead>
        <tr>
          <th scope="col">Fragments</th>
          <th scope="col" className={styles.number}>
            Become
          </th>
          <th scope="col" className={styles.number}>
            Live rows
          </th>
          <th scope="col" className={styles.number}>
            Bytes read
          </th>
        </tr>
      </thead>
      <tbody>
        {tasks.slice(0, TASKS_SHOWN).map((task) => (
          <tr key={task.fragments.join(' ')}>
            <th scope="row">{shortList(task.fragments)}</th>
            <td className={styles.number}>{formatCount(task.fragmentsAdded)}</td>
            <td className={styles.number}>{formatCount(task.rows)}</td>
            <td className={styles.number} title={formatExactBytes(task.bytes)}>
              {formatBytes(task.bytes)}
            </td>
          </tr>
        ))}
        {tasks.length > TASKS_SHOWN && (
          <tr>
            <th scope="row">{formatCount(tasks.length - TASKS_SHOWN)} more</th>
          </tr>
        )}
      </tbody>
    </table>
  )
}

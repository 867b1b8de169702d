import { formatNoun, formatShortDuration } from '#shared/model/format.ts'
import { formatAbsoluteTime } from '#shared/model/time.ts'
import type { RelevanceRun } from '#shared/model/relevance.ts'
import styles from '../compare.module.css'

/** Runs of a set, newest first: one line for each configuration of each run. */
export function RunsTable({ runs }: { readonly runs: readonly RelevanceRun[] }) {
  if (runs.length === 0) return <p className={styles.hint}>Not run yet: a run asks every question in every way.</p>
  return (
    <div className={styles.runs}>
      <table className={styles.table} aria-label="Runs of the relevance set">
        <thead>
          <tr>
            {['Run', 'Version', 'Configuration', 'nDCG', 'Recall', 'MRR', 'Median time', 'Questions'].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.toReversed().flatMap((run) =>
            run.figures.map((figures, index) => (
              <tr key={`${run.at} ${figures.configuration}`}>
                <th scope="row">{index === 0 ? formatAbsoluteTime(run.at) : ''}</th>
                <td>{index === 0 ? `v${run.version} @${run.k}` : ''}</td>
                <td>{figures.configuration}</td>
                {[figures.ndcg, figures.recall, figures.mrr].map((value, column) => (
                  // Three figures in a fixed order.
                  // oxlint-disable-next-line react/no-array-index-key
                  <td key={column}>{figures.queries === 0 ? '–' : value.toFixed(3)}</td>
                ))}
                <td>{figures.p50Ms === 0 ? '–' : formatShortDuration(figures.p50Ms)}</td>
                <td title={figures.failed.map(({ query, message }) => `${query}: ${message}`).join('\n')}>
                  {figures.queries}
                  {figures.failed.length > 0 && `, ${formatNoun(figures.failed.length, 'failure')}`}
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  )
}

import { X } from 'lucide-react'
import { formatCount, formatDuration, formatNoun, formatShortDuration } from '#shared/model/format.ts'
import type { IndexCreated, IndicesOptimized, QueryProof } from '#shared/model/index-entry.ts'
import { showView } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import figures from '#renderer/ui/figure-table.module.css'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { type IndexOutcome, setOutcome } from '../state/store.ts'
import { foldedSentence } from '../write/fold-in.ts'
import styles from './outcome-card.module.css'
import { proofSentence } from './proof.ts'

export interface OutcomeCardProps {
  readonly dataset: string
  readonly outcome: IndexOutcome
}

/** What the last step did, with the query that shows it. */
export function OutcomeCard({ dataset, outcome }: OutcomeCardProps) {
  const { kind, result } = outcome
  return (
    <section className={styles.card} aria-label={kind === 'created' ? 'What was built' : 'What was folded in'}>
      <div className={styles.head}>
        <h3 className={styles.title}>
          {kind === 'created' ? `${result.index.name} is built` : foldedSentence(result)}
        </h3>
        <Button onClick={() => showView(dataset, 'search')}>Try it in Search</Button>
        <IconButton label="Dismiss" onClick={() => setOutcome(dataset, undefined)}>
          <X aria-hidden />
        </IconButton>
      </div>
      {kind === 'created' ? <Created result={result} /> : <FoldedIn result={result} />}
      {result.proof === undefined ? (
        <p className={styles.quiet}>No query was run to show the difference.</p>
      ) : (
        <Proof proof={result.proof} />
      )}
    </section>
  )
}

function Created({ result }: { readonly result: IndexCreated }) {
  const { index, buildMs, versionBefore, versionAfter } = result
  return (
    <p className={styles.quiet}>
      {index.type} on {index.columns.join(', ')} · built in {formatDuration(buildMs)} · version{' '}
      {formatCount(versionBefore)} → {formatCount(versionAfter)}
    </p>
  )
}

function FoldedIn({ result }: { readonly result: IndicesOptimized }) {
  const { indices, elapsedMs, versionBefore, versionAfter, fragmentsRemoved, fragmentsAdded } = result
  return (
    <>
      <p className={styles.quiet}>
        In {formatDuration(elapsedMs)} · version {formatCount(versionBefore)} → {formatCount(versionAfter)} ·{' '}
        {fragmentsRemoved === 0
          ? 'no fragment was compacted'
          : `${formatNoun(fragmentsRemoved, 'fragment')} compacted into ${formatCount(fragmentsAdded)}`}
      </p>
      <table className={figures.table} aria-label="Indices before and after">
        <thead>
          <tr>
            <th scope="col">Index</th>
            <th scope="col">Rows outside before</th>
            <th scope="col">after</th>
            <th scope="col">Segments before</th>
            <th scope="col">after</th>
          </tr>
        </thead>
        <tbody>
          {indices.map((one) => (
            <tr key={one.name}>
              <th scope="row">{one.name}</th>
              <td>{orUnknown(one.unindexedBefore)}</td>
              <td>{orUnknown(one.unindexedAfter)}</td>
              <td>{formatCount(one.segmentsBefore)}</td>
              <td>{formatCount(one.segmentsAfter)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Proof({ proof }: { readonly proof: QueryProof }) {
  const { query, beforeMs, afterMs, beforePlan, afterPlan } = proof
  return (
    <div className={styles.proof} role="group" aria-label="Proof">
      <p>
        <b>{proofSentence(proof)}</b> <span className={styles.quiet}>{query}</span>
      </p>
      <div className={styles.plans}>
        <figure className={styles.plan}>
          <figcaption>Before · {formatShortDuration(beforeMs)}</figcaption>
          <pre tabIndex={0}>{beforePlan}</pre>
        </figure>
        <figure className={styles.plan}>
          <figcaption>After · {formatShortDuration(afterMs)}</figcaption>
          <pre tabIndex={0}>{afterPlan}</pre>
        </figure>
      </div>
    </div>
  )
}

function orUnknown(value: number | null): string {
  return value === null ? 'not recorded' : formatCount(value)
}

import { X } from 'lucide-react'
import { formatDuration, formatExactBytes, formatNoun, formatShortDuration } from '#shared/model/format.ts'
import type { MaintenanceResult } from '#shared/model/maintenance.ts'
import { askUndo } from '#renderer/features/history/index.ts'
import { type DatasetTab, inspect, openLocation, showView } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import figures from '#renderer/ui/figure-table.module.css'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { setOutcome } from '../store.ts'
import { proofRows, resultLine } from '../words.ts'
import { Notes } from './notes.tsx'
import styles from './operations.module.css'

export interface OutcomeCardProps {
  readonly tab: DatasetTab
  readonly result: MaintenanceResult
}

/** What an operation did, measured, and the ways on from there. */
export function OutcomeCard({ tab, result }: OutcomeCardProps) {
  const { dataset, latestVersion } = tab
  const { kind, versionBefore, versionAfter, elapsedMs, tries, scan, bytesFreed, to, notes } = result
  const hasVersion = versionAfter > versionBefore
  return (
    <section className={styles.proof} aria-label="What it did">
      <div className={styles.head}>
        <h3 className={styles.done}>{resultLine(result)}</h3>
        <IconButton label="Dismiss" onClick={() => setOutcome(dataset, kind, undefined)}>
          <X aria-hidden />
        </IconButton>
      </div>
      <p className={styles.quiet}>
        In {formatDuration(elapsedMs)}
        {tries > 1 && `, begun ${formatNoun(tries, 'time')}`}
        {bytesFreed !== undefined && ` · exactly ${formatExactBytes(bytesFreed)} freed`}
        {scan !== undefined &&
          ` · reading ${formatNoun(scan.rows, 'row')} took ${formatShortDuration(scan.beforeMs)} and takes ${formatShortDuration(scan.afterMs)}`}
      </p>
      <ProofTable result={result} />
      <Notes notes={notes} />
      <div className={styles.actions}>
        {to !== undefined && <Button onClick={() => void openLocation(to)}>Open the copy</Button>}
        {hasVersion && (
          <Button
            onClick={() => {
              showView(dataset, 'versions')
              inspect(dataset, { kind: 'version', version: versionAfter })
            }}
          >
            Show version {versionAfter}
          </Button>
        )}
        {/* Only while it is the last write: later ones are undone before, from Activity. */}
        {hasVersion && latestVersion === versionAfter && <Button onClick={() => askUndo({ dataset })}>Undo…</Button>}
        {to === undefined && <Button onClick={() => showView(dataset, 'activity')}>Show in Activity</Button>}
      </div>
    </section>
  )
}

function ProofTable({ result }: { readonly result: MaintenanceResult }) {
  return (
    <table className={figures.table} aria-label="Before and after">
      <thead>
        <tr>
          <th scope="col">Measured</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        {proofRows(result).map(({ name, before, after, change }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{before}</td>
            <td>{after}</td>
            <td>{change}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

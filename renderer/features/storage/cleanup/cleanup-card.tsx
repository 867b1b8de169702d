import { toErrorValue } from '#shared/errors.ts'
import { formatBytes, formatCount, formatExactBytes } from '#shared/model/format.ts'
import type { CleanupPreview } from '#shared/model/storage.ts'
import { openOperation } from '#renderer/features/maintenance/index.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import { kindName } from '../class-words.ts'
import { CopyCodeMenu } from '../copy-code-menu.tsx'
import styles from './card.module.css'
import { cutoffOf } from './cutoff.ts'
import type { CleanupControl } from './use-cleanup.ts'
import { blockedSentence, freedHeadline, isBlocked, removedSentence, unblockedFrom } from './words.ts'

export interface CleanupCardProps {
  readonly tab: DatasetTab
  readonly cleanup: CleanupControl
}

/** What LanceDB's cleanup would do with the cut-off chosen. */
export function CleanupCard({ tab, cleanup }: CleanupCardProps) {
  const { preview, isStale, branch, cutoffMs, deleteUnverified, error } = cleanup
  return (
    <section className={styles.card} aria-label="Cleanup preview" aria-busy={isStale}>
      <div className={styles.header}>
        <span className={styles.kicker}>
          Cleanup of {branch === undefined ? 'main' : `branch ${branch}`}, previewed
        </span>
        {branch === undefined && (
          <Button
            onClick={() =>
              openOperation(tab.dataset, 'cleanup', { keepBy: 'date', before: cutoffMs, deleteUnverified })
            }
          >
            Clean up…
          </Button>
        )}
        <CopyCodeMenu
          tab={tab}
          branch={branch}
          remedy={{ kind: 'clean-up', olderThan: new Date(cutoffMs).toISOString(), deleteUnverified }}
        />
      </div>
      {error !== null ? (
        <ErrorNotice
          layout="line"
          title="The preview could not be made"
          error={toErrorValue(error)}
          onRetry={() => cleanup.retry()}
        />
      ) : preview === undefined ? (
        <Spinner label="Working out what would go" />
      ) : (
        <div className={cx(isStale && styles.stale)}>
          <Figures preview={preview} />
          {isBlocked(preview) && <TagTrap preview={preview} cleanup={cleanup} />}
          <ByKind preview={preview} />
          <KeptBy preview={preview} />
        </div>
      )}
      <p className={styles.nothing}>
        A preview by the rules of LanceDB’s cleanup: nothing is removed here. LanceDB’s optimize compacts first and adds
        versions of its own.
      </p>
    </section>
  )
}

function Figures({ preview }: { readonly preview: CleanupPreview }) {
  return (
    <>
      <p className={styles.headline} title={formatExactBytes(preview.bytesFreed)} role="status" aria-label="Freed">
        {freedHeadline(preview)}
      </p>
      <p className={styles.sentence}>{removedSentence(preview)}</p>
    </>
  )
}

function TagTrap({ preview, cleanup }: { readonly preview: CleanupPreview; readonly cleanup: CleanupControl }) {
  const from = unblockedFrom(preview)
  const cutoff = from === undefined ? undefined : cutoffOf(cleanup.versions, from)
  return (
    <div className={styles.notice} role="alert">
      <p>{blockedSentence(preview)}</p>
      <p>
        Delete or move the tags, or choose a cut-off before them.{' '}
        {cutoff !== undefined && (
          <Button kind="link" onClick={() => cleanup.setCutoff(cutoff)}>
            Keep from version {from} on
          </Button>
        )}
      </p>
    </div>
  )
}

function ByKind({ preview }: { readonly preview: CleanupPreview }) {
  if (preview.byKind.length === 0) return null
  const sorted = preview.byKind.toSorted((a, b) => b.bytes - a.bytes)
  return (
    <table className={styles.table} aria-label="Freed by kind of file">
      <thead>
        <tr>
          <th scope="col">{isBlocked(preview) ? 'Without these tags would go' : 'What would go'}</th>
          <th scope="col" className={styles.number}>
            Files
          </th>
          <th scope="col" className={styles.number}>
            Bytes
          </th>
        </tr>
      </thead>
      <tbody>
        {sorted.map(({ kind, bytes, files }) => (
          <tr key={kind}>
            <th scope="row">{kindName(kind, files)}</th>
            <td className={styles.number}>{formatCount(files)}</td>
            <td className={styles.number} title={formatExactBytes(bytes)}>
              {formatBytes(bytes)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const KEPT_SHOWN = 20

function KeptBy({ preview }: { readonly preview: CleanupPreview }) {
  if (preview.keptBy.length === 0) return null
  return (
    <ul className={styles.kept} aria-label="Kept although older">
      {preview.keptBy.slice(0, KEPT_SHOWN).map(({ kind, name, version }) => (
        <li key={`${kind} ${name} ${version}`}>
          Version {version} stays although older: {kind === 'tag' ? `tagged “${name}”` : `branch “${name}” needs it`}.
        </li>
      ))}
      {preview.keptBy.length > KEPT_SHOWN && <li>And {formatCount(preview.keptBy.length - KEPT_SHOWN)} more.</li>}
    </ul>
  )
}

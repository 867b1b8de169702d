import { X } from 'lucide-react'
import { useVersionLog } from '#renderer/features/history/index.ts'
import { type DatasetTab, useInspectorTarget } from '#renderer/features/workspace/index.ts'
import { Chip } from '#renderer/ui/chip.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { formatCount } from '#shared/model/format.ts'
import { formatAbsoluteTime } from '#shared/model/time.ts'
import { openDetails } from '../state/view-store.ts'
import { Changes, Predicate, StepFigures } from './changes.tsx'
import styles from './details-pane.module.css'
import { KeptOnDisk } from './kept-on-disk.tsx'
import { Transaction } from './transaction.tsx'
import { VersionActions } from './version-actions.tsx'
import { Loaded } from './version-sections.tsx'
import { Configuration, Written } from './written.tsx'

/** The wide form of a version's details, below the list: what it did, what it is, and its record side by side. */
export function DetailsPane({ tab }: { readonly tab: DatasetTab }) {
  const target = useInspectorTarget(tab.dataset)
  const version = target?.kind === 'version' ? target.version : tab.version
  const entry = useVersionLog(tab).entries.find((one) => one.version === version)
  return (
    <section className={styles.pane} aria-label={`Details of version ${version}`}>
      <header className={styles.header}>
        <h2 className={styles.title}>Version {formatCount(version)}</h2>
        <span className={styles.sentence} title={entry?.sentence}>
          {entry === undefined ? '' : `${entry.problem ?? entry.sentence} · ${formatAbsoluteTime(entry.timestamp)}`}
        </span>
        {entry?.tags.map((tag) => (
          <Chip key={tag} tone="accent">
            {tag}
          </Chip>
        ))}
        <span className={styles.actions}>
          <VersionActions tab={tab} version={version} isBroken={entry?.problem !== undefined} />
        </span>
        <IconButton label="Close details" onClick={() => openDetails(tab.dataset, false)}>
          <X aria-hidden />
        </IconButton>
      </header>
      {entry?.problem === undefined && (
        <Loaded tab={tab} version={version}>
          {(details) => (
            <div className={styles.columns}>
              <div className={styles.column}>
                <Predicate details={details} />
                <StepFigures details={details} />
                <Changes details={details} />
              </div>
              <div className={styles.column}>
                <Written details={details} />
                <Configuration details={details} />
                <KeptOnDisk key={version} tab={tab} version={version} />
              </div>
              <div className={styles.column}>
                <Transaction details={details} />
              </div>
            </div>
          )}
        </Loaded>
      )}
    </section>
  )
}

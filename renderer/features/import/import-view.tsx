import type { ViewProps } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { RecordList } from './run/record-list.tsx'
import styles from './import-view.module.css'
import { openImport } from './state/begin.ts'
import { StreamsPart } from './streams/streams-part.tsx'

/** Importing into the dataset of a tab, and what was imported into it. */
export function ImportView({ tab, summary }: ViewProps) {
  const isReadOnly = summary.readOnly
  return (
    <div className={styles.view}>
      <section className={styles.intro} aria-label="Import into this dataset">
        <h2 className={styles.title}>Import into {tab.name}</h2>
        <p className={styles.text}>
          Drop documents, tables or media anywhere on the window, or choose them here. Before anything is written you
          see how the columns meet, which rows do not fit, and what it will take. Every import can be undone.
        </p>
        {isReadOnly ? (
          <p className={styles.warn} role="note">
            This dataset can only be read here: it needs a newer Lance to be written. Files can still be imported into a
            new dataset.
          </p>
        ) : (
          tab.branch !== undefined && (
            <p className={styles.warn} role="note">
              Imports are written to main, not to the branch {tab.branch} that is shown.
            </p>
          )
        )}
        <div className={styles.buttons}>
          <Button kind="primary" disabled={isReadOnly} onClick={() => openImport(tab.location)}>
            Import into {tab.name}…
          </Button>
          <Button onClick={() => openImport()}>Import into a new dataset…</Button>
        </div>
      </section>
      <StreamsPart location={tab.location} isReadOnly={isReadOnly} />
      <RecordList title="Imports into this dataset" location={tab.location} />
    </div>
  )
}

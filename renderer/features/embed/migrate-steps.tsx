import type { EmbedSwap } from '#shared/contract/embed.ts'
import { askUndo } from '#renderer/features/history/index.ts'
import { closeEmbed } from '#renderer/features/data/index.ts'
import { compareColumns, searchColumn } from '#renderer/features/search/index.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Caution } from '#renderer/ui/caution.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import type { SchemaField } from '#shared/model/schema.ts'
import form from '#renderer/ui/form.module.css'
import styles from './embed.module.css'
import type { Migration } from './use-migration.ts'

export interface CompareStepProps {
  readonly tab: DatasetTab
  readonly schema: readonly SchemaField[]
  readonly column: string
  readonly shadow: string
  /** Who made the old vectors, where that is known here. */
  readonly oldEmbedder: string | undefined
  readonly embedder: string
  readonly isThere: boolean
  readonly isFilled: boolean
  readonly migration: Migration
}

/** The second step: whether the new vectors find better, or else away with them. */
export function CompareStep(props: CompareStepProps) {
  const { tab, schema, column, shadow, oldEmbedder, embedder, isThere, isFilled, migration } = props
  const compare = (): void => {
    closeEmbed()
    const columns = [
      { column, embedder: oldEmbedder },
      { column: shadow, embedder },
    ]
    void compareColumns(tab.dataset, columns, schema)
  }
  return (
    <li>
      <div className={styles.step} role="group" aria-label="Compare searches">
        <span className={styles.name}>Compare searches</span>
        <p className={styles.text}>
          Asks both columns the same and shows the answers side by side. Come back by the menu of the column “{column}”.
        </p>
        <div className={styles.buttons}>
          <Button disabled={!isFilled} onClick={compare}>
            Compare searches
          </Button>
          <Button kind="danger" disabled={!isThere || migration.discard.isWorking} onClick={migration.discard.run}>
            Discard the shadow column
          </Button>
        </div>
        {migration.discard.error !== null && (
          <ErrorNotice layout="line" title="It was not discarded" error={migration.discard.error} />
        )}
      </div>
    </li>
  )
}

export interface SwapStepProps {
  readonly column: string
  readonly shadow: string
  readonly keepAs: string
  readonly isFilled: boolean
  readonly refusal: string | undefined
  readonly migration: Migration
  readonly onKeepAs: (name: string) => void
}

/** The third step: one commit that changes names and nothing else. */
export function SwapStep({ column, shadow, keepAs, isFilled, refusal, migration, onKeepAs }: SwapStepProps) {
  return (
    <li>
      <div className={styles.step} role="group" aria-label="Swap">
        <span className={styles.name}>Swap</span>
        <p className={styles.text}>
          “{shadow}” takes the name “{column}”. The old vectors stay, with their indices, under another name. It is one
          version, and undone in one step.
        </p>
        <div className={styles.field}>
          <span className={styles.label}>Keep the old as</span>
          <TextField label="Keep the old as" value={keepAs} onChange={(event) => onKeepAs(event.target.value)} />
        </div>
        <div className={styles.buttons}>
          <Button
            kind={isFilled ? 'primary' : 'plain'}
            disabled={!isFilled || refusal !== undefined || keepAs === '' || migration.swap.isWorking}
            onClick={migration.swap.run}
          >
            Swap
          </Button>
        </div>
        {migration.swap.error !== null && (
          <ErrorNotice layout="line" title="They were not swapped" error={migration.swap.error} />
        )}
      </div>
    </li>
  )
}

export interface SwappedPanelProps {
  readonly tab: DatasetTab
  readonly column: string
  readonly embedder: string
  readonly swapped: EmbedSwap
}

/** The end of a migration. */
export function SwappedPanel({ tab: { dataset }, column, embedder, swapped }: SwappedPanelProps) {
  return (
    <Dialog
      isOpen
      onClose={closeEmbed}
      title={`“${column}” was migrated`}
      actions={
        <>
          <Button
            onClick={() => {
              closeEmbed()
              askUndo({ dataset })
            }}
          >
            Undo…
          </Button>
          <Button onClick={closeEmbed}>Close</Button>
          <Button
            kind="primary"
            onClick={() => {
              closeEmbed()
              searchColumn(dataset, column, embedder)
            }}
          >
            Search it
          </Button>
        </>
      }
    >
      <div className={form.form}>
        <p className={styles.text} role="status">
          Version {swapped.versionAfter}: “{column}” has the new vectors, and “{swapped.kept}” the old ones. Undo brings
          the old ones back.
        </p>
        {swapped.notes.map((note) => (
          <Caution key={note} role="note">
            {note}
          </Caution>
        ))}
      </div>
    </Dialog>
  )
}

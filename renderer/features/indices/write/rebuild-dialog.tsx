import { useState } from 'react'
import { formatNoun } from '#shared/model/format.ts'
import type { IndexParams } from '#shared/model/index-entry.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Caution } from '#renderer/ui/caution.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import { ParamForm } from '../create/param-form.tsx'
import { indexTypeOf, paramsOfEntry, paramsProblem } from '../create/params.ts'
import { usePartitions } from '../state/queries.ts'
import form from '#renderer/ui/form.module.css'
import styles from './dialogs.module.css'
import type { IndexDialogProps } from './drop-dialog.tsx'
import { useIndexRefusal } from './refusal.ts'
import { rebuildIndex } from './steps.ts'

/** Asks before an index is built anew in its own place, with the settings it has unless they are changed. */
export function RebuildDialog({ tab, index, onClose }: IndexDialogProps) {
  const { name, kind, columns, segments, unindexedRows } = index
  const type = indexTypeOf(index.type)
  // How many partitions it has is told by its files alone.
  const partitions = usePartitions(tab, name, kind === 'vector')
  const isReading = kind === 'vector' && partitions.isPending
  const count = partitions.data?.segments.find(({ sizes }) => sizes !== undefined)?.sizes?.length
  const [changed, setChanged] = useState<IndexParams | null>(null)
  const params = changed ?? paramsOfEntry(index, count)
  const cannot = useIndexRefusal(tab)
  const refusal = cannot ?? (type === undefined ? `Tiltyard cannot build ${index.type}.` : undefined)
  const problem = type === undefined ? undefined : paramsProblem(type, params)
  const start = (): void => {
    if (type === undefined) return
    rebuildIndex(tab.dataset, index, type, params)
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="large"
      title={`Rebuild ${name}`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={refusal !== undefined || isReading || problem !== undefined} onClick={start}>
            Rebuild
          </Button>
        </>
      }
    >
      <div className={form.form}>
        <p className={styles.text}>
          {index.type} on {columns.join(', ')} is built again over every row. Searches use the present index until the
          new one is committed; {formatNoun(segments.length, 'segment')} {segments.length === 1 ? 'becomes' : 'become'}{' '}
          one
          {unindexedRows !== null && unindexedRows > 0 && `, and ${formatNoun(unindexedRows, 'row')} outside come in`}.
          The old files stay until a cleanup.
        </p>
        {isReading && <Spinner label="Reading the settings it has" />}
        {!isReading && type !== undefined && (
          <ParamForm type={type} params={params} problem={problem} onChange={setChanged} />
        )}
        {kind === 'vector' && !isReading && (
          <p className={styles.text}>
            {count === undefined
              ? 'How many partitions it has could not be read: left empty, LanceDB chooses.'
              : 'Partitions are those it has now: LanceDB joins small ones and splits large ones when it folds rows in.'}{' '}
            Training rounds and samples are not recorded.
          </p>
        )}
        {refusal !== undefined && <Caution>{refusal}</Caution>}
      </div>
    </Dialog>
  )
}

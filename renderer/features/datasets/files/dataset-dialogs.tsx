import { useId, useState } from 'react'
import { closeDialog } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { useWork } from '#renderer/ui/use-work.ts'
import { datasetNameProblem } from './dataset-name.ts'
import { dropDataset, folderOf, renameDataset } from './file-actions.ts'
import styles from './files.module.css'
import { closeAsked, type DatasetPlace } from './requests.ts'

/** Asks for the new name of a dataset's folder. */
export function RenameDialog({ dataset }: { readonly dataset: DatasetPlace }) {
  const [name, setName] = useState(dataset.name)
  const { isWorking, error, run } = useWork()
  const id = useId()
  const problem = datasetNameProblem(name)
  const isReady = problem === undefined && name.replace(/\.lance$/, '') !== dataset.name && !isWorking
  const rename = (): void => {
    if (!isReady) return
    run(async () => {
      await renameDataset(dataset, name)
      closeAsked(dataset)
    })
  }
  return (
    <Dialog
      isOpen
      onClose={closeDialog}
      title={`Rename ${dataset.name}`}
      actions={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button kind="primary" disabled={!isReady} onClick={rename}>
            {isWorking ? 'Renaming…' : 'Rename'}
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          rename()
        }}
      >
        <p className={styles.text}>
          The folder <b>{dataset.location}</b> gets another name. Everything in it stays; an open tab moves along. Other
          programs that know it by its path have to be told.
        </p>
        <label className={styles.field}>
          <span className={styles.label}>New name</span>
          <TextField
            mono
            autoFocus
            label="New name"
            value={name}
            invalid={problem !== undefined}
            aria-describedby={id}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <output id={id} className={cx(styles.hint, problem !== undefined && styles.wrong)}>
          {problem ?? 'The folder ends in .lance; that is added by itself.'}
        </output>
        {error !== null && <ErrorNotice layout="line" title="The dataset was not renamed" error={error} />}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}

/** Asks before a dataset goes into the trash of its folder. */
export function DropDialog({ dataset }: { readonly dataset: DatasetPlace }) {
  const { isWorking, error, run } = useWork()
  const drop = (): void =>
    run(async () => {
      await dropDataset(dataset)
      closeAsked(dataset)
    })
  return (
    <Dialog
      isOpen
      onClose={closeDialog}
      title={`Move ${dataset.name} to the trash?`}
      actions={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button kind="danger" disabled={isWorking} onClick={drop}>
            {isWorking ? 'Moving…' : 'Move to trash'}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p className={styles.text}>
          <b>{dataset.location}</b> is moved as it is, with all its versions, tags and indices, into the hidden folder
          <b> .tiltyard-trash</b> of {folderOf(dataset.location)}. Its tab is closed, and no program finds it by its
          path any more.
        </p>
        <p className={styles.text}>
          It can be restored from “Trash…” of that folder. No disk is freed until it is deleted there for good.
        </p>
        {error !== null && <ErrorNotice layout="line" title="The dataset was not moved" error={error} />}
      </div>
    </Dialog>
  )
}

import { useState } from 'react'
import { formatBytes, formatExactBytes } from '#shared/model/format.ts'
import type { TrashedDataset } from '#shared/model/maintenance.ts'
import { formatAbsoluteTime } from '#shared/model/time.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { showToast } from '#renderer/ui/toasts.ts'
import { useWork } from '#renderer/ui/use-work.ts'
import { datasetNameProblem } from './dataset-name.ts'
import { deleteTrashed, restoreTrashed } from './file-actions.ts'
import styles from './files.module.css'

export interface TrashLineProps {
  readonly folder: string
  readonly dataset: TrashedDataset
  readonly onChanged: () => Promise<void>
}

/** One dataset in the trash with what can be done about it. */
export function TrashLine({ folder, dataset, onChanged }: TrashLineProps) {
  const [asked, setAsked] = useState<'delete' | null>(null)
  const { isWorking, error, run } = useWork()
  const [isTaken, setTaken] = useState(false)
  const restore = (name?: string): void =>
    run(async () => {
      const location = await restoreTrashed(folder, dataset.id, name).catch((thrown: unknown) => {
        if (isCodeTaken(thrown)) setTaken(true)
        throw thrown
      })
      showToast({ kind: 'ok', title: `${dataset.name} restored`, text: location })
      await onChanged()
    })
  const remove = (): void =>
    run(async () => {
      await deleteTrashed(folder, dataset)
      await onChanged()
    })
  return (
    <li className={styles.item} aria-label={dataset.name}>
      <div className={styles.line}>
        <span className={styles.name}>
          {dataset.name}
          <span className={styles.place}>{dataset.location}</span>
        </span>
        <span className={styles.figure} title={formatExactBytes(dataset.bytes)}>
          {formatBytes(dataset.bytes)}
        </span>
        <span className={styles.figure}>{formatAbsoluteTime(dataset.trashedAt)}</span>
        <Button disabled={isWorking} onClick={() => restore()}>
          Restore
        </Button>
        <Button
          kind="danger"
          disabled={isWorking}
          aria-expanded={asked === 'delete'}
          onClick={() => setAsked(asked === null ? 'delete' : null)}
        >
          Delete for good…
        </Button>
      </div>
      {error !== null && <ErrorNotice layout="line" title={`${dataset.name} stays in the trash`} error={error} />}
      {isTaken && <OtherName name={dataset.name} isWorking={isWorking} onRestore={restore} />}
      {asked === 'delete' && <DeleteForm name={dataset.name} isWorking={isWorking} onDelete={remove} />}
    </li>
  )
}

interface OtherNameProps {
  readonly name: string
  readonly isWorking: boolean
  readonly onRestore: (name: string) => void
}

function OtherName({ name, isWorking, onRestore }: OtherNameProps) {
  const [text, setText] = useState(`${name}-restored`)
  const problem = datasetNameProblem(text)
  return (
    <form
      className={styles.line}
      onSubmit={(event) => {
        event.preventDefault()
        if (problem === undefined && !isWorking) onRestore(text)
      }}
    >
      <TextField
        mono
        autoFocus
        className={styles.grow}
        label="Restore under another name"
        value={text}
        invalid={problem !== undefined}
        title={problem}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" kind="primary" disabled={problem !== undefined || isWorking}>
        Restore under this name
      </Button>
    </form>
  )
}

interface DeleteFormProps {
  readonly name: string
  readonly isWorking: boolean
  readonly onDelete: () => void
}

function DeleteForm({ name, isWorking, onDelete }: DeleteFormProps) {
  const [typed, setTyped] = useState('')
  const isSame = typed.trim() === name
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (isSame && !isWorking) onDelete()
      }}
    >
      <p className={styles.text}>
        <b>This cannot be undone.</b> Every file of the dataset is deleted. Type <b>{name}</b> to go on.
      </p>
      <div className={styles.line}>
        <TextField
          mono
          autoFocus
          className={styles.grow}
          label={`Type ${name} to go on`}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button type="submit" kind="danger" disabled={!isSame || isWorking}>
          Delete for good
        </Button>
      </div>
    </form>
  )
}

function isCodeTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'already-exists'
}

import { useState } from 'react'
import { tagNameProblem } from '#shared/model/ref-name.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { useWork } from '#renderer/ui/use-work.ts'
import styles from '../files/files.module.css'
import { createPoint } from './point-actions.ts'
import type { PointsPage } from './points.ts'

export interface PointFormProps {
  readonly folder: string
  readonly onBack: () => void
  readonly onDone: (page: PointsPage) => void
}

/** Names a new restore point. */
export function CreateForm({ folder, onBack, onDone }: PointFormProps) {
  const [name, setName] = useState('')
  const [note, setNote] = useState('')
  const { isWorking, error, run } = useWork()
  const problem = name === '' ? undefined : tagNameProblem(name)
  const isReady = name !== '' && problem === undefined && !isWorking
  const create = (): void =>
    run(async () => {
      onDone({ kind: 'outcomes', verb: 'tagged', name, outcomes: await createPoint(folder, name, note) })
    })
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) create()
      }}
    >
      <p className={styles.text}>
        The newest version of every dataset in <b>{folder}</b> gets a tag, which keeps it through cleanups. Nothing is
        copied; versions kept hold the disk they use.
      </p>
      <label className={styles.field}>
        <span className={styles.label}>Name</span>
        <TextField
          mono
          autoFocus
          label="Name of the restore point"
          placeholder="before-import"
          maxLength={80}
          value={name}
          invalid={problem !== undefined}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <output className={problem === undefined ? styles.hint : styles.wrong}>
        {problem ?? 'Letters A–Z and a–z, digits, dot, underscore, hyphen.'}
      </output>
      <label className={styles.field}>
        <span className={styles.label}>Note</span>
        <TextField
          label="Note"
          placeholder="What it is for, if you like"
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      {error !== null && <ErrorNotice layout="line" title="The restore point was not made" error={error} />}
      <div className={styles.buttons}>
        <Button onClick={onBack}>Back</Button>
        <Button type="submit" kind="primary" disabled={!isReady}>
          {isWorking ? 'Tagging…' : 'Make restore point'}
        </Button>
      </div>
    </form>
  )
}

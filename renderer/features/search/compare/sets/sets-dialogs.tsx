import { useState } from 'react'
import { formatNoun } from '#shared/model/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import type { Bench } from '../bench.ts'
import styles from '../compare.module.css'
import { downloadText, fileNameOf } from '#renderer/ui/download.ts'
import { type KeptSet, toSet } from './kept-set.ts'
import { removeSet, saveSet } from './sets-store.ts'

export interface SaveSetDialogProps {
  readonly dataset: string
  readonly location: string
  readonly bench: Bench
  readonly sets: readonly KeptSet[]
  readonly onSaved: (name: string) => void
  readonly onClose: () => void
}

/** Keeps questions, judgments and ways to search under a name. */
export function SaveSetDialog({ dataset, location, bench, sets, onSaved, onClose }: SaveSetDialogProps) {
  const [name, setName] = useState(bench.setName ?? '')
  const trimmed = name.trim()
  const older = sets.find((set) => set.name === trimmed)
  const save = async (): Promise<void> => {
    if (trimmed === '') return
    if (await saveSet(dataset, toSet(bench, trimmed, location, older))) onSaved(trimmed)
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Save relevance set"
      description={`${formatNoun(bench.judged.length, 'question')} with their judgments, and ${formatNoun(bench.configurations.length, 'configuration')}.`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={trimmed === ''} onClick={() => void save()}>
            {older === undefined ? 'Save' : 'Replace'}
          </Button>
        </>
      }
    >
      <TextField
        label="Name of the relevance set"
        placeholder="name"
        maxLength={120}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the only field of a dialog that was asked for
        autoFocus
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void save()
        }}
      />
      {older !== undefined && <p className={styles.hint}>A set of that name is replaced; its past runs stay.</p>}
    </Dialog>
  )
}

export interface SetsDialogProps {
  readonly dataset: string
  readonly sets: readonly KeptSet[]
  readonly onOpen: (set: KeptSet) => void
  readonly onDeleted: (name: string) => void
  readonly onClose: () => void
}

/** The sets kept for a dataset: to be opened, exported and deleted. */
export function SetsDialog({ dataset, sets, onOpen, onDeleted, onClose }: SetsDialogProps) {
  // Deleting cannot be undone, so it takes a second press.
  const [doomed, setDoomed] = useState<string | null>(null)
  const remove = async (name: string): Promise<void> => {
    if (await removeSet(dataset, name)) onDeleted(name)
  }
  return (
    <Dialog isOpen onClose={onClose} title="Relevance sets" actions={<Button onClick={onClose}>Done</Button>}>
      <ul className={styles.setList}>
        {sets.map((set) => (
          <li key={set.name}>
            <span className={styles.setName}>
              {set.name}
              <small>
                {formatNoun(set.queries.length, 'question')}, {formatNoun(set.runs.length, 'run')}
              </small>
            </span>
            <Button
              aria-label={`Open ${set.name}`}
              onClick={() => {
                onOpen(set)
                onClose()
              }}
            >
              Open
            </Button>
            <Button
              aria-label={`Export ${set.name}`}
              onClick={() =>
                downloadText(`${JSON.stringify(set, null, 2)}\n`, `${fileNameOf(set.name, 'relevance')}.json`, 'application/json')
              }
            >
              Export
            </Button>
            <Button
              kind="danger"
              aria-label={doomed === set.name ? `Delete ${set.name} for good` : `Delete ${set.name}`}
              onClick={() => (doomed === set.name ? void remove(set.name) : setDoomed(set.name))}
            >
              {doomed === set.name ? 'Really delete' : 'Delete'}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

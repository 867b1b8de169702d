import { useState } from 'react'
import { formatNoun } from '#shared/model/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import type { Bench } from '../bench.ts'
import styles from '../compare.module.css'
import { toSet } from './kept-set.ts'
import { saveSet } from './sets-store.ts'

export interface SaveSetDialogProps {
  readonly dataset: string
  readonly bench: Bench
  /** Of the sets that are kept. */
  readonly names: readonly string[]
  readonly onSaved: (name: string) => void
  readonly onClose: () => void
}

/** Keeps questions, judgments and ways to search under a name. */
export function SaveSetDialog({ dataset, bench, names, onSaved, onClose }: SaveSetDialogProps) {
  const [name, setName] = useState(bench.setName ?? '')
  const trimmed = name.trim()
  const isReplaced = names.includes(trimmed)
  const save = async (): Promise<void> => {
    if (trimmed === '') return
    if ((await saveSet(dataset, toSet(bench, trimmed))) !== null) onSaved(trimmed)
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
            {isReplaced ? 'Replace' : 'Save'}
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
      {isReplaced && <p className={styles.hint}>A set of that name is replaced; its past runs stay.</p>}
    </Dialog>
  )
}

import { Check, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import type { Draft } from '../query/draft.ts'
import { searchTitle, withRenamed, withSaved } from './log.ts'
import styles from './history.module.css'
import type { SearchLog } from './use-log.ts'

interface DialogProps {
  readonly log: SearchLog
  readonly onClose: () => void
}

/** Keeps the search of the form under a name. */
export function SaveDialog({ log, draft, onClose }: DialogProps & { readonly draft: Draft }) {
  const [name, setName] = useState('')
  const trimmed = name.trim()
  const isTaken = log.saved.some((saved) => saved.name === trimmed)
  const save = (): void => {
    if (trimmed === '') return
    log.changeSaved((list) => withSaved(list, { name: trimmed, draft }))
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Save this search"
      description={searchTitle(draft)}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={trimmed === ''} onClick={save}>
            {isTaken ? 'Replace' : 'Save'}
          </Button>
        </>
      }
    >
      <TextField
        label="Name of the search"
        placeholder="name"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the only field of a dialog that was asked for
        autoFocus
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && save()}
      />
      {isTaken && <p className={styles.hint}>A search of that name is there already and will be replaced.</p>}
    </Dialog>
  )
}

/** The saved searches, to be renamed and deleted. */
export function SavedDialog({ log, onClose }: DialogProps) {
  return (
    <Dialog isOpen onClose={onClose} title="Saved searches" actions={<Button onClick={onClose}>Done</Button>}>
      <ul className={styles.list}>
        {log.saved.map(({ name, draft }) => (
          <SavedLine key={name} name={name} about={searchTitle(draft)} log={log} />
        ))}
        {log.saved.length === 0 && <li className={styles.hint}>None left.</li>}
      </ul>
    </Dialog>
  )
}

function SavedLine({ name, about, log }: { readonly name: string; readonly about: string; readonly log: SearchLog }) {
  const [typed, setTyped] = useState<string | null>(null)
  const rename = (): void => {
    const next = typed?.trim() ?? ''
    if (next !== '' && next !== name) log.changeSaved((list) => withRenamed(list, name, next))
    setTyped(null)
  }
  if (typed !== null) {
    return (
      <li className={styles.line}>
        <TextField
          label={`New name of ${name}`}
          className={styles.name}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && rename()}
        />
        <IconButton label="Rename" onClick={rename}>
          <Check aria-hidden />
        </IconButton>
      </li>
    )
  }
  return (
    <li className={styles.line}>
      <span className={styles.name}>
        {name} <span className={styles.hint}>{about}</span>
      </span>
      <IconButton label={`Rename ${name}`} onClick={() => setTyped(name)}>
        <Pencil aria-hidden />
      </IconButton>
      <IconButton
        label={`Delete ${name}`}
        onClick={() => log.changeSaved((list) => list.filter((saved) => saved.name !== name))}
      >
        <Trash2 aria-hidden />
      </IconButton>
    </li>
  )
}

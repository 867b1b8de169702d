import { useRef, useState } from 'react'
import { AppError } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import type { RelevanceEntry, RelevanceSet } from '#shared/model/relevance.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import styles from '../compare.module.css'
import { downloadText, fileNameOf } from '#renderer/ui/download.ts'
import { freeName, readExported } from './kept-set.ts'
import { getSet, removeSet, saveSet, setsFailed } from './sets-store.ts'

export interface SetsDialogProps {
  readonly dataset: string
  readonly entries: readonly RelevanceEntry[]
  readonly onOpen: (set: RelevanceSet) => void
  readonly onDeleted: (name: string) => void
  readonly onClose: () => void
}

/** The sets kept for a dataset: to be opened, exported, imported and deleted. */
export function SetsDialog({ dataset, entries, onOpen, onDeleted, onClose }: SetsDialogProps) {
  const file = useRef<HTMLInputElement>(null)
  const load = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return
    const set = readExported(await chosen.text())
    if (set === null) return setsFailed(dataset, noSet(chosen.name))
    const names = entries.flatMap((entry) => (entry.kind === 'set' ? [entry.name] : []))
    // A set of that name has other judgments, or the person would not import it.
    const saved = await saveSet(dataset, { ...set, name: freeName(set.name, names) })
    if (saved !== null) onOpen(saved)
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Relevance sets"
      actions={
        <>
          <Button onClick={() => file.current?.click()}>Import…</Button>
          <Button onClick={onClose}>Done</Button>
        </>
      }
    >
      <input
        ref={file}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label="File of a relevance set"
        onChange={(event) => {
          void load(event.target.files?.[0])
          onClose()
        }}
      />
      {entries.length === 0 && <p className={styles.hint}>No sets are kept for this dataset yet.</p>}
      <ul className={styles.setList}>
        {entries.map((entry) =>
          entry.kind === 'set' ? (
            <SetLine key={entry.name} {...{ dataset, entry, onOpen, onDeleted, onClose }} />
          ) : (
            <DamagedLine key={entry.file} dataset={dataset} entry={entry} />
          ),
        )}
      </ul>
    </Dialog>
  )
}

interface SetLineProps extends Omit<SetsDialogProps, 'entries'> {
  readonly entry: Extract<RelevanceEntry, { readonly kind: 'set' }>
}

function SetLine({ dataset, entry, onOpen, onDeleted, onClose }: SetLineProps) {
  const { name, queries, judgments, runs } = entry
  const open = async (): Promise<void> => {
    const set = await getSet(dataset, name)
    if (set !== null) onOpen(set)
    onClose()
  }
  const save = async (): Promise<void> => {
    const set = await getSet(dataset, name)
    if (set === null) return onClose()
    downloadText(`${JSON.stringify(set, null, 2)}\n`, `${fileNameOf(name, 'relevance')}.json`, 'application/json')
  }
  const remove = async (): Promise<void> => {
    if (await removeSet(dataset, { name })) onDeleted(name)
  }
  return (
    <li>
      <span className={styles.setName}>
        {name}
        <small>
          {formatNoun(queries, 'question')}, {formatNoun(judgments, 'judgment')}, {formatNoun(runs, 'run')}
        </small>
      </span>
      <Button aria-label={`Open ${name}`} onClick={() => void open()}>
        Open
      </Button>
      <Button aria-label={`Export ${name}`} onClick={() => void save()}>
        Export
      </Button>
      <DeleteButton name={name} onDelete={() => void remove()} />
    </li>
  )
}

interface DamagedLineProps {
  readonly dataset: string
  readonly entry: Extract<RelevanceEntry, { readonly kind: 'damaged' }>
}

function DamagedLine({ dataset, entry: { file, problem } }: DamagedLineProps) {
  return (
    <li>
      <span className={styles.setName}>
        {file}
        <small className={styles.warned}>This file is damaged. {problem}</small>
      </span>
      <DeleteButton name={file} onDelete={() => void removeSet(dataset, { file })} />
    </li>
  )
}

/** Deleting cannot be undone, so it takes a second press. */
function DeleteButton({ name, onDelete }: { readonly name: string; readonly onDelete: () => void }) {
  const [isDoomed, setDoomed] = useState(false)
  return (
    <Button
      kind="danger"
      aria-label={isDoomed ? `Delete ${name} for good` : `Delete ${name}`}
      onClick={() => (isDoomed ? onDelete() : setDoomed(true))}
    >
      {isDoomed ? 'Really delete' : 'Delete'}
    </Button>
  )
}

function noSet(file: string): AppError {
  return new AppError({
    code: 'invalid-input',
    message: `${file} is not a relevance set.`,
    hint: 'Choose a file that was exported from the list of sets.',
  })
}

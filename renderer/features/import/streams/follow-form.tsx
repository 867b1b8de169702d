import { useQuery } from '@tanstack/react-query'
import { type ChangeEvent, useRef, useState } from 'react'
import { PathBox } from '#renderer/features/datasets/index.ts'
import { getApi, parentName, readSetting, useHost } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { Field } from '../review/field.tsx'
import { FOLDER_SETTING } from '../state/begin.ts'
import { createFollowDraft, type FollowDraft, nameForFile, toStreamInput } from './follow-draft.ts'
import { FollowTarget } from './follow-target.tsx'
import styles from './streams.module.css'
import { startStream } from './streams.ts'

const FROM = [
  { id: 'resume', label: 'Where it stopped' },
  { id: 'start', label: 'Its start' },
  { id: 'end', label: 'Its end' },
] as const
const FROM_WORDS = {
  resume: 'Behind what was committed of this file into this dataset before, or at its start. Nothing is repeated.',
  start: 'Every record of the file, also those that were committed before.',
  end: 'Only what is written to it from now on.',
} as const
const THEN = [
  { id: 'follow', label: 'Wait for more' },
  { id: 'end', label: 'Stop' },
] as const
const MISMATCH = [
  { id: 'refuse', label: 'Refuse' },
  { id: 'file', label: 'Keep in a file' },
  { id: 'stop', label: 'Stop' },
] as const
const MISMATCH_WORDS = {
  refuse: 'They are counted and shown with line and reason; the others go on.',
  file: 'As they came, with line and reason, in a file beside the app’s data; the others go on.',
  stop: 'The first one ends the stream. The records before it are committed.',
} as const

export interface FollowFormProps {
  /** Dataset it was asked for. */
  readonly into: string | undefined
  readonly onStarted: () => void
}

/** Which file to follow, into which dataset, and how. */
export function FollowForm({ into, onStarted }: FollowFormProps) {
  const [edits, setEdits] = useState<Partial<FollowDraft>>({})
  const [isTried, setTried] = useState(false)
  const edit = (change: Partial<FollowDraft>): void => setEdits((before) => ({ ...before, ...change }))
  const folder = useQuery({ queryKey: ['follow-folder'], queryFn: () => readSetting(FOLDER_SETTING), staleTime: 0 })
  const file = (edits.file ?? '').trim()
  const name = nameForFile(file)
  // Until something is said about it, a new dataset lies where the last one was put, or beside the file.
  const beside = typeof folder.data === 'string' ? folder.data : name === '' ? '' : parentName(file)
  const draft: FollowDraft = { ...createFollowDraft(into, beside), name, ...edits }
  const result = toStreamInput(draft)
  const start = (): void => {
    setTried(true)
    if (result.kind !== 'ready') return
    startStream(result.input)
    onStarted()
  }
  return (
    <section className={styles.form} aria-label="File to follow">
      <Field label="File">
        <FileField file={draft.file} onChange={(file) => edit({ file })} />
      </Field>
      <Field label="Begin at">
        <Segmented label="Begin at" options={FROM} value={draft.from} onChange={(from) => edit({ from })} />
        <p className={styles.quiet}>{FROM_WORDS[draft.from]}</p>
      </Field>
      <Field label="At its end">
        <Segmented
          label="At its end"
          options={THEN}
          value={draft.follow ? 'follow' : 'end'}
          onChange={(then) => edit({ follow: then === 'follow' })}
        />
      </Field>
      <FollowTarget draft={draft} onChange={edit} />
      <Field label="Commit">
        <FlushFields draft={draft} onChange={edit} />
      </Field>
      <Field label="Misfits">
        <Segmented
          label="Records that do not fit"
          options={MISMATCH}
          value={draft.mismatch}
          onChange={(mismatch) => edit({ mismatch })}
        />
        <p className={styles.quiet}>{MISMATCH_WORDS[draft.mismatch]}</p>
      </Field>
      <div className={styles.formEnd}>
        {result.kind === 'problem' && isTried && (
          <p className={styles.wrong} role="alert">
            {result.message}
          </p>
        )}
        <Button kind="primary" onClick={start}>
          {draft.follow ? 'Follow it' : 'Read it'}
        </Button>
      </div>
    </section>
  )
}

function FileField({ file, onChange }: { readonly file: string; readonly onChange: (file: string) => void }) {
  const { kind, pathsOf } = useHost()
  const info = useQuery({ queryKey: ['app.info'], queryFn: () => getApi().call('app.info', {}) })
  const chooser = useRef<HTMLInputElement>(null)
  const handleChosen = (event: ChangeEvent<HTMLInputElement>): void => {
    const [path] = pathsOf?.([...(event.target.files ?? [])]) ?? []
    // The same file chosen again is a choice again.
    event.target.value = ''
    if (path !== undefined) onChange(path)
  }
  return (
    <>
      <PathBox
        label="File to follow"
        placeholder="/var/log/events.jsonl"
        files
        text={file}
        onChange={onChange}
        onOpen={onChange}
      />
      {pathsOf !== null && (
        <>
          <Button className={styles.narrow} onClick={() => chooser.current?.click()}>
            Choose…
          </Button>
          <input ref={chooser} type="file" hidden aria-label="File to follow, chosen" onChange={handleChosen} />
        </>
      )}
      <p className={styles.quiet}>
        JSON Lines: one object a line
        {kind === 'browser' && `. A path on ${info.data?.hostname ?? 'the machine Tiltyard runs on'}`}.
      </p>
    </>
  )
}

interface FlushProps {
  readonly draft: FollowDraft
  readonly onChange: (change: Partial<FollowDraft>) => void
}

function FlushFields({ draft, onChange }: FlushProps) {
  return (
    <div className={styles.flush}>
      after
      <TextField
        label="Rows per commit"
        inputMode="numeric"
        value={draft.flushRows}
        onChange={(event) => onChange({ flushRows: event.target.value })}
      />
      rows, or
      <TextField
        label="Seconds until a commit"
        inputMode="decimal"
        value={draft.flushSeconds}
        onChange={(event) => onChange({ flushSeconds: event.target.value })}
      />
      seconds
    </div>
  )
}

import { Settings2 } from 'lucide-react'
import { useState } from 'react'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Chip } from '#renderer/ui/chip.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import type { Draft } from './draft.ts'
import { EmbedderDialog } from './embedder-dialog.tsx'
import { Picker } from './picker.tsx'
import styles from './search-form.module.css'
import { useAssign } from './use-assign.ts'
import type { UsedChoice } from './use-choice.ts'

export interface TextVectorProps {
  readonly draft: Draft
  readonly choice: UsedChoice
  readonly onChange: (part: Partial<Draft>) => void
}

/** A text to make a vector of, and who makes it. In a hybrid search the words looked for are that text. */
export function TextVector({ draft, choice, onChange }: TextVectorProps) {
  const [isOpen, setOpen] = useState(false)
  const { embedders, embedder } = choice
  return (
    <>
      {draft.mode === 'vector' && (
        <TextField
          label="Text to make a vector of"
          className={styles.text}
          placeholder="Text to make a vector of"
          value={draft.text}
          onChange={(event) => onChange({ text: event.target.value })}
        />
      )}
      <Picker
        label="Embedder"
        value={embedder?.id ?? ''}
        options={embedders.map(({ id, title, dimension }) => ({
          id,
          label: `by ${title}${dimension === null ? '' : ` · ${dimension}`}`,
        }))}
        onChange={(id) => onChange({ embedder: id })}
      />
      <IconButton label="Embedders…" onClick={() => setOpen(true)}>
        <Settings2 aria-hidden />
      </IconButton>
      {embedder?.isRemote === true && (
        <Chip tone="warn" title={`The text is sent to ${embedder.url ?? 'another machine'}.`}>
          text leaves this machine
        </Chip>
      )}
      {isOpen && (
        <EmbedderDialog
          embedders={embedders}
          onAdded={(id) => onChange({ embedder: id })}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}

/** What is known of the column and the embedder: that they fit, that they do not, or that nothing is recorded. */
export function ChoiceLine({
  tab,
  isReadOnly,
  choice,
}: {
  readonly tab: DatasetTab
  readonly isReadOnly: boolean
  readonly choice: UsedChoice
}) {
  const { embedder, column, note, error } = choice
  const assign = useAssign(tab, isReadOnly)
  if (error !== null) {
    return (
      <ErrorNotice layout="line" title="The embedders could not be read" error={error} onRetry={() => choice.retry()} />
    )
  }
  if (note === undefined || embedder === undefined || column === undefined) return null
  return (
    <div className={styles.line}>
      <span role="note" className={note.kind === 'mismatch' ? styles.warning : styles.help}>
        {note.text}
      </span>
      {note.kind === 'unknown' && (
        <Button
          kind="link"
          disabled={assign.refusal !== undefined || assign.isWorking}
          title={assign.refusal ?? 'Writes it into the metadata of the column, as a new version.'}
          onClick={() => assign.run(column.column, embedder)}
        >
          Remember “{embedder.title}” for the column
        </Button>
      )}
      {assign.error !== null && <ErrorNotice layout="line" title="It was not recorded" error={assign.error} />}
    </div>
  )
}

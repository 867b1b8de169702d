import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Chip } from '#renderer/ui/chip.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { toErrorValue } from '#shared/errors.ts'
import { EmbedderDialog } from './embedder-dialog.tsx'
import { defaultEmbedder, embedderMismatch } from './embedder-words.ts'
import { vectorColumnOf } from './capability.ts'
import styles from './query.module.css'
import type { InputProps } from './input-props.ts'
import { SelectField } from './select-field.tsx'
import { useColumnEmbedders, useEmbedders } from './use-embedders.ts'

/** Which model turns the text into a vector; says when another one made the column. */
export function EmbedderChoice({ tab, draft, capability, onChange }: InputProps) {
  const [isAdding, setAdding] = useState(false)
  const list = useEmbedders()
  const columns = useColumnEmbedders(tab)
  const column = vectorColumnOf(draft, capability)
  const origin = columns.data?.find((one) => one.column === column?.name)
  if (list.isError) {
    return <ErrorNotice layout="line" error={toErrorValue(list.error)} onRetry={() => void list.refetch()} />
  }
  const embedders = list.data ?? []
  const own = defaultEmbedder(embedders, origin)
  const chosen = embedders.find(({ id }) => id === draft.embedder) ?? own
  const mismatch = embedderMismatch(chosen, column, origin)
  return (
    <>
      <span className={styles.name}>by</span>
      <SelectField
        label="Embedder"
        value={chosen?.id ?? ''}
        options={embedders.map(({ id, title, dimension }) => ({
          value: id,
          label: `${title}${dimension === null ? '' : ` · ${dimension}`}${id === origin?.embedder ? ' · made this column' : ''}`,
        }))}
        onChange={(embedder) => onChange({ embedder })}
      />
      <IconButton label="Add an endpoint" onClick={() => setAdding(true)}>
        <Plus aria-hidden />
      </IconButton>
      {chosen?.isRemote === true && (
        <Chip tone="warn" title={chosen.url}>
          text leaves this machine
        </Chip>
      )}
      {mismatch !== null && (
        <span className={styles.problem} role="note">
          {mismatch}
        </span>
      )}
      {isAdding && (
        <EmbedderDialog
          taken={embedders.map(({ id }) => id)}
          onSaved={(embedder) => onChange({ embedder })}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  )
}

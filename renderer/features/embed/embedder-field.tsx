import { useState } from 'react'
import { EmbedderDialogDoor } from '#renderer/features/search/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import type { EmbedderInfo } from '#shared/model/embedder.ts'
import styles from './embed.module.css'
import { Choice } from './choice.tsx'

export interface EmbedderFieldProps {
  readonly embedders: readonly EmbedderInfo[]
  readonly value: string
  readonly onChange: (id: string) => void
}

/** Who makes the vectors, and the way to add somebody. */
export function EmbedderField({ embedders, value, onChange }: EmbedderFieldProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <div className={styles.field}>
      <span className={styles.label}>Embedder</span>
      <span className={styles.inline}>
        <Choice
          label="Embedder"
          value={value}
          options={embedders.map(({ id, title, dimension }) => ({
            id,
            label: dimension === null ? title : `${title} · ${dimension}`,
          }))}
          onChange={onChange}
        />
        <Button onClick={() => setOpen(true)}>Embedders…</Button>
      </span>
      {isOpen && <EmbedderDialogDoor embedders={embedders} onAdded={onChange} onClose={() => setOpen(false)} />}
    </div>
  )
}

import { type DragEvent, useState } from 'react'
import { Chip } from '#renderer/ui/chip.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { formatNoun } from '#shared/model/format.ts'
import { EmbedderChoice } from './embedder-choice.tsx'
import { readVectorFile } from './numbers.ts'
import type { InputProps } from './input-props.ts'
import { vectorColumnOf } from './capability.ts'
import styles from './query.module.css'
import { SelectField } from './select-field.tsx'

const SOURCES = [
  { id: 'row', label: 'Row' },
  { id: 'numbers', label: 'Numbers' },
  { id: 'text', label: 'Text' },
] as const

/** The vector to search by: that of a row, numbers, or one made of a text; and the column it is compared with. */
export function VectorInput(props: InputProps) {
  const { draft, capability, onChange } = props
  const column = vectorColumnOf(draft, capability)
  return (
    <div className={styles.line}>
      <span className={styles.name}>Vector of</span>
      <Segmented
        label="Where the vector comes from"
        options={SOURCES}
        value={draft.source}
        onChange={(source) => onChange({ source })}
      />
      <VectorSource {...props} />
      <span className={styles.name}>in</span>
      <SelectField
        label="Vector column"
        value={column?.name ?? ''}
        onChange={(name) => onChange({ column: name })}
        options={capability.vectors.map(({ name, dimension, isMulti, indexTypes }) => ({
          value: name,
          label: `${name} · ${dimension ?? '?'}${isMulti ? ', several' : ''}${indexTypes.length === 0 ? ', no index' : ''}`,
        }))}
      />
    </div>
  )
}

function VectorSource(props: InputProps) {
  const { draft, onChange, onRun } = props
  switch (draft.source) {
    case 'row':
      return (
        <TextField
          label="Row id"
          className={styles.short}
          mono
          placeholder="row id"
          inputMode="numeric"
          value={draft.rowId}
          onChange={(event) => onChange({ rowId: event.target.value })}
          onKeyDown={(event) => event.key === 'Enter' && onRun()}
        />
      )
    case 'numbers':
      return <NumbersInput {...props} />
    case 'text':
      return (
        <>
          <TextField
            label="Text to make a vector of"
            className={styles.grow}
            placeholder="a text, turned into a vector"
            value={draft.embedText}
            onChange={(event) => onChange({ embedText: event.target.value })}
            onKeyDown={(event) => event.key === 'Enter' && onRun()}
          />
          <EmbedderChoice {...props} />
        </>
      )
  }
}

function NumbersInput({ draft, onChange }: InputProps) {
  const [isOver, setOver] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    event.stopPropagation()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file === undefined) return
    void readVectorFile(file).then((read) => {
      setProblem(read.ok ? null : read.problem)
      if (read.ok) onChange({ file: { name: file.name, vectors: read.vectors } })
    })
  }
  const over = (event: DragEvent): void => {
    event.preventDefault()
    event.stopPropagation()
    setOver(true)
  }
  if (draft.file !== null) {
    const [first] = draft.file.vectors
    return (
      <span className={cx(styles.grow, styles.file)}>
        <Chip tone="accent">{draft.file.name}</Chip>
        {formatNoun(draft.file.vectors.length, 'vector')} of {formatNoun(first?.length ?? 0, 'number')}
        <Button kind="link" onClick={() => onChange({ file: null })}>
          Take it away
        </Button>
      </span>
    )
  }
  return (
    <span className={styles.grow}>
      <textarea
        className={cx(styles.numbers, isOver && styles.over)}
        aria-label="Numbers of the vector"
        placeholder="Paste JSON, CSV or NumPy text, or drop a .npy file"
        rows={1}
        spellCheck={false}
        value={draft.numbers}
        onChange={(event) => onChange({ numbers: event.target.value })}
        onDragOver={over}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      />
      {problem !== null && (
        <span className={styles.problem} role="alert">
          {problem}
        </span>
      )}
    </span>
  )
}

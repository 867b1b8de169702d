import { FileUp } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { cx } from '#renderer/ui/cx.ts'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { readVectorFile, VECTOR_FILE_TYPES } from '../files/vector-file.ts'
import styles from './vector-numbers.module.css'

export interface VectorNumbersProps {
  readonly numbers: string
  readonly onChange: (numbers: string) => void
}

type Told = { readonly kind: 'read' | 'problem'; readonly text: string }

/** Numbers of a vector: pasted, or from a NumPy, JSON or CSV file that is dropped here or chosen. */
export function VectorNumbers({ numbers, onChange }: VectorNumbersProps) {
  const chooser = useRef<HTMLInputElement>(null)
  const turn = useRef(0)
  const [isOver, setOver] = useState(false)
  const [told, setTold] = useState<Told | null>(null)
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return
    // The newest file wins over one that takes longer to read.
    const mine = ++turn.current
    const read = await readVectorFile(file)
    if (mine !== turn.current) return
    setTold(read.ok ? { kind: 'read', text: read.told } : { kind: 'problem', text: read.message })
    if (read.ok) onChange(read.numbers)
  }
  const handleDrag = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setOver(true)
  }
  const handleDrop = (event: DragEvent): void => {
    const [file] = event.dataTransfer.files
    setOver(false)
    if (file === undefined) return
    event.preventDefault()
    void take(file)
  }
  return (
    <div
      data-takes-files
      className={cx(styles.box, isOver && styles.over)}
      onDragEnter={handleDrag}
      onDragOver={handleDrag}
      onDragLeave={() => setOver(false)}
      onDrop={handleDrop}
    >
      <textarea
        aria-label="Numbers of the vector"
        className={styles.numbers}
        rows={1}
        spellCheck={false}
        placeholder="[0.12, -0.5, …], a vector a line, or drop a .npy, .json or .csv file"
        value={numbers}
        onChange={(event) => {
          turn.current++
          setTold(null)
          onChange(event.target.value)
        }}
      />
      <IconButton label="Numbers from a file…" onClick={() => chooser.current?.click()}>
        <FileUp aria-hidden />
      </IconButton>
      <input
        ref={chooser}
        type="file"
        hidden
        aria-label="File with the numbers"
        accept={VECTOR_FILE_TYPES}
        onChange={(event) => {
          void take(event.target.files?.[0])
          // So that the same file can be chosen again after it was changed.
          event.target.value = ''
        }}
      />
      {told !== null && (
        <span
          role={told.kind === 'problem' ? 'alert' : 'status'}
          className={told.kind === 'problem' ? styles.problem : styles.told}
        >
          {told.text}
        </span>
      )}
    </div>
  )
}

import { CornerDownRight } from 'lucide-react'
import { type Ref, useState } from 'react'
import { showToast } from '#renderer/ui/toasts.ts'
import { TextField } from '#renderer/ui/text-field.tsx'
import styles from './data-view.module.css'
import { parseRowTarget } from './row-target.ts'

export interface JumpBoxProps {
  readonly rowCount: number
  /** 0-based. */
  readonly onJump: (row: number) => void
  readonly ref?: Ref<HTMLInputElement>
}

/** Goes to a row by number or share. */
export function JumpBox({ rowCount, onJump, ref }: JumpBoxProps) {
  const [text, setText] = useState('')
  const target = text === '' ? null : parseRowTarget(text, rowCount)
  return (
    <form
      className={styles.jump}
      onSubmit={(event) => {
        event.preventDefault()
        if (target === null) return
        if (target.ok) {
          onJump(target.row)
          setText('')
        } else showToast({ title: 'No such row', text: target.reason })
      }}
    >
      <TextField
        ref={ref}
        mono
        label="Go to row"
        title="Go to row: 1204, 1.2M, 50%, -1 (Ctrl G)"
        placeholder="Row"
        icon={<CornerDownRight aria-hidden />}
        invalid={target !== null && !target.ok}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  )
}

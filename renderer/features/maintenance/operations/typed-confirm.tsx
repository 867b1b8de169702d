import { type ReactNode, useState } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import styles from './operations.module.css'

export interface TypedConfirmProps {
  readonly title: string
  /** To be typed, such as the dataset's name. */
  readonly word: string
  readonly confirmLabel: string
  readonly children: ReactNode
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Asks before what cannot be undone: a word has to be typed. */
export function TypedConfirm({ title, word, confirmLabel, children, onConfirm, onClose }: TypedConfirmProps) {
  const [typed, setTyped] = useState('')
  const isSame = typed.trim() === word
  const confirm = (): void => {
    if (!isSame) return
    onClose()
    onConfirm()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="danger" disabled={!isSame} onClick={confirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {children}
        <p>
          This cannot be undone. Type <b>{word}</b> to go on.
        </p>
        <TextField
          label={`Type ${word} to go on`}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') confirm()
          }}
        />
      </div>
    </Dialog>
  )
}

import type { ReactNode } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { Caution } from '#renderer/ui/caution.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useWork } from '#renderer/ui/use-work.ts'
import { CodeMenu } from '../snippet/code-menu.tsx'
import type { WriteCode } from '../snippet/write-code.ts'
import form from '#renderer/ui/form.module.css'
import styles from './dialogs.module.css'

export interface WriteDialogProps {
  readonly title: string
  readonly description?: ReactNode
  readonly location: string
  /** The step as code; null while it is not complete. */
  readonly code: WriteCode | null
  /** The verb on the button. */
  readonly verb: string
  readonly danger?: boolean
  readonly isReady: boolean
  /** Why nothing can be written at all. */
  readonly refusal: string | undefined
  /** Does it; the dialog closes after, and stays with the reason where it fails. */
  readonly write: () => Promise<unknown>
  /** What failed, such as `The tag was not created`. */
  readonly failure: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** The frame of every write: what it needs, why it cannot be, the step as code, and the failure where it was asked for. */
export function WriteDialog(props: WriteDialogProps) {
  const { write, isReady, refusal, code, danger = false, onClose } = props
  const { isWorking, error, run } = useWork()
  const submit = (): void => {
    if (!isReady || refusal !== undefined) return
    run(async () => {
      await write()
      onClose()
    })
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={props.title}
      description={props.description}
      actions={
        <>
          <span className={styles.spread}>
            {code !== null && <CodeMenu location={props.location} write={code} disabled={!isReady} />}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind={danger ? 'danger' : 'primary'}
            disabled={!isReady || refusal !== undefined || isWorking}
            onClick={submit}
          >
            {isWorking ? 'Writing…' : props.verb}
          </Button>
        </>
      }
    >
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {props.children}
        {refusal !== undefined && <Caution>{refusal}</Caution>}
        {error !== null && <ErrorNotice layout="line" title={props.failure} error={error} onRetry={submit} />}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}

import { useQuery } from '@tanstack/react-query'
import { FolderSearch } from 'lucide-react'
import { useState } from 'react'
import type { ErrorValue } from '#shared/errors.ts'
import { closeDialog, getApi, openLocation, useHost, useWorkspace } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import { pickAndOpen } from './commands.ts'
import { FolderBrowser } from './folder-browser.tsx'
import styles from './open-dialog.module.css'
import { PathBox } from './path-box.tsx'
import { Recents } from './welcome.tsx'

/** Opens by path, by looking around on the engine's machine, by the native dialog, or again what was open before. */
export function OpenDialog() {
  const isOpen = useWorkspace((state) => state.dialog === 'open')
  return (
    <Dialog
      isOpen={isOpen}
      onClose={closeDialog}
      title="Open a dataset or folder"
      size="large"
      description={<WhichMachine />}
    >
      <OpenForm />
    </Dialog>
  )
}

function OpenForm() {
  const host = useHost()
  const [text, setText] = useState('')
  const [failure, setFailure] = useState<ErrorValue | null>(null)
  const [isBusy, setIsBusy] = useState(false)

  const open = async (location: string): Promise<void> => {
    if (location.trim() === '' || isBusy) return
    setIsBusy(true)
    setFailure(null)
    try {
      const result = await openLocation(location.trim(), { showFailure: false })
      if (result.kind === 'failed') setFailure(result.error)
      else closeDialog()
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <div className={styles.form}>
      <div className={styles.pathRow}>
        <PathBox text={text} onChange={setText} onOpen={(location) => void open(location)} />
        <Button kind="primary" disabled={text.trim() === '' || isBusy} onClick={() => void open(text)}>
          Open
        </Button>
        {host.pickDirectory !== null && (
          <Button
            onClick={() => {
              closeDialog()
              void pickAndOpen()
            }}
          >
            <FolderSearch aria-hidden />
            Choose…
          </Button>
        )}
      </div>
      {isBusy && <Spinner label="Opening" />}
      {failure !== null && <ErrorNotice error={failure} layout="line" onRetry={() => void open(text)} />}
      <FolderBrowser onOpen={(location) => void open(location)} onVisit={setText} />
      <Recents onOpen={(location) => void open(location)} />
    </div>
  )
}

function WhichMachine() {
  const host = useHost()
  const info = useQuery({ queryKey: ['app.info'], queryFn: () => getApi().call('app.info', {}) })
  if (host.kind === 'desktop' || info.data === undefined)
    return 'Opening only reads. Nothing is written next to your data.'
  return `Paths are those of ${info.data.hostname}, where Tiltyard runs. Opening only reads.`
}

import { useQuery } from '@tanstack/react-query'
import { FolderSearch } from 'lucide-react'
import { useRef, useState } from 'react'
import { type ErrorValue, readableVersionOf } from '#shared/errors.ts'
import {
  checkLocation,
  closeDialog,
  getApi,
  openLocation,
  useHost,
  useWorkspace,
} from '#renderer/features/workspace/index.ts'
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
  const [busyWith, setBusyWith] = useState<string | null>(null)
  const attempts = useRef(0)

  // A slow disk keeps nobody from asking for something else: the last one asked for decides about the dialog.
  const open = async (text: string, version?: number): Promise<void> => {
    const location = text.trim()
    if (location === '' || location === busyWith) return
    const attempt = ++attempts.current
    setBusyWith(location)
    setFailure(null)
    const result = await openLocation(location, {
      showFailure: false,
      ...(version === undefined ? {} : { version }),
    })
    if (attempt !== attempts.current) return
    setBusyWith(null)
    if (result.kind === 'failed') setFailure(result.error)
    else closeDialog()
  }
  const readable = failure === null ? undefined : readableVersionOf(failure)
  return (
    <div className={styles.form}>
      <div className={styles.pathRow}>
        <PathBox text={text} onChange={setText} onOpen={(location) => void open(location)} />
        <Button
          kind="primary"
          disabled={text.trim() === '' || text.trim() === busyWith}
          onClick={() => void open(text)}
        >
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
      {busyWith !== null && <Spinner label={`Opening ${busyWith}`} />}
      {failure !== null && (
        <ErrorNotice
          error={failure}
          layout="line"
          onRetry={() => void open(text)}
          onCheck={() => checkLocation(text.trim())}
          otherWay={
            readable === undefined
              ? undefined
              : { label: `Open version ${readable}`, run: () => void open(text, readable) }
          }
        />
      )}
      <FolderBrowser onOpen={(location) => void open(location)} onVisit={setText} />
      <Recents onOpen={(location) => void open(location)} />
    </div>
  )
}

function WhichMachine() {
  const host = useHost()
  const info = useQuery({ queryKey: ['app.info'], queryFn: () => getApi().call('app.info', {}) })
  if (host.kind === 'desktop' || info.data === undefined)
    return 'Opening only reads. It writes nothing next to your data.'
  return `Paths are those of ${info.data.hostname}, where Tiltyard runs. Opening only reads.`
}

import { FolderInput } from 'lucide-react'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { getApi, openDialog, openLocation, useHost } from '#renderer/features/workspace/index.ts'
import { showToast } from '#renderer/ui/toasts.ts'
import styles from './drop-zone.module.css'

/** Takes folders dropped anywhere on the window, but for elements with `data-takes-files`, which take them themselves. */
export function DropZone({ children }: { readonly children: ReactNode }) {
  const host = useHost()
  const [isOver, setIsOver] = useState(false)
  // Enter and leave come for every element on the way; only the balance tells whether the pointer left the window.
  const depth = useRef(0)

  const handleDrop = (event: DragEvent): void => {
    if (!hasFiles(event)) return
    event.preventDefault()
    depth.current = 0
    setIsOver(false)
    if (isTaken(event)) return
    if (host.pathsOf === null) return void explainBrowser()
    const paths = host.pathsOf([...event.dataTransfer.files])
    if (paths.length === 0)
      showToast({ title: 'Nothing to open', text: 'What was dropped is no folder on this machine.' })
    for (const path of paths) void openLocation(path)
  }
  return (
    <div
      className={styles.zone}
      onDragEnter={(event) => {
        if (!hasFiles(event)) return
        depth.current += 1
        setIsOver(true)
      }}
      onDragLeave={(event) => {
        if (!hasFiles(event)) return
        depth.current = Math.max(0, depth.current - 1)
        if (depth.current === 0) setIsOver(false)
      }}
      onDragOver={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        setIsOver(!isTaken(event))
      }}
      onDrop={handleDrop}
    >
      {children}
      {isOver && (
        <div className={styles.overlay} aria-hidden>
          <div className={styles.card}>
            <FolderInput />
            {host.pathsOf === null ? 'A browser page cannot open dropped folders' : 'Drop to open'}
          </div>
        </div>
      )}
    </div>
  )
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files')
}

function isTaken({ target }: DragEvent): boolean {
  return target instanceof Element && target.closest('[data-takes-files]') !== null
}

async function explainBrowser(): Promise<void> {
  const hostname = await getApi()
    .call('app.info', {})
    .then((info) => info.hostname)
    .catch(() => 'the machine Tiltyard runs on')
  showToast({
    title: 'This page cannot see your machine’s files',
    text: `Type a path on ${hostname} instead.`,
    action: { label: 'Open by path…', run: () => openDialog('open') },
  })
}

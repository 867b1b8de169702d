import { FileDown } from 'lucide-react'
import { type ClipboardEvent, type DragEvent, type ReactNode, useRef, useState } from 'react'
import { useHost, useWorkspace } from '#renderer/features/workspace/index.ts'
import styles from './drop-zone.module.css'
import { isPathList, parsePaths } from './choose/path-list.ts'
import { importDropped, importPaths } from './state/begin.ts'
import { useImport } from './state/store.ts'

/**
 * Takes files and folders dropped anywhere on the window, or pasted (also as paths) where no text is written, but for elements with
 * `data-takes-files`, which take them themselves.
 */
export function DropZone({ children }: { readonly children: ReactNode }) {
  const [isOver, setIsOver] = useState(false)
  // Enter and leave come for every element on the way; only the balance tells whether the pointer left the window.
  const depth = useRef(0)

  const handleDrop = (event: DragEvent): void => {
    if (!hasFiles(event)) return
    depth.current = 0
    setIsOver(false)
    // A drop on a dialog comes by twice, once through its portal; it is one drop.
    if (event.defaultPrevented) return
    event.preventDefault()
    if (!isTaken(event)) importDropped(event.dataTransfer)
  }
  const handlePaste = (event: ClipboardEvent): void => {
    if (event.defaultPrevented || isTaken(event) || isText(event.target)) return
    const text = event.clipboardData.getData('text/plain')
    const hasPasted = event.clipboardData.files.length > 0
    if (!hasPasted && !isPathList(text)) return
    event.preventDefault()
    if (hasPasted) importDropped(event.clipboardData)
    else void importPaths(parsePaths(text))
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
        event.dataTransfer.dropEffect = 'copy'
        setIsOver(!isTaken(event))
      }}
      onDrop={handleDrop}
      onPaste={handlePaste}
    >
      {children}
      {isOver && <Overlay />}
    </div>
  )
}

function Overlay() {
  const host = useHost()
  const isReview = useImport(({ isOpen, stage }) => isOpen && stage.kind === 'review')
  const hasTab = useWorkspace((state) => state.active !== null)
  return (
    <div className={styles.overlay} aria-hidden>
      <div className={styles.card}>
        <FileDown />
        <div>
          <p className={styles.title}>{isReview ? 'Drop to add to this import' : 'Drop to import'}</p>
          <p className={styles.text}>
            {host.pathsOf === null
              ? 'Documents, tables, pictures, folders. They are sent to the machine Tiltyard runs on.'
              : 'Documents, tables, pictures, folders. Lance datasets can be opened too.'}
          </p>
          <p className={styles.text}>
            {hasTab ? 'A new dataset or one you have: that is asked next. ' : ''}Nothing is written before you say so.
          </p>
        </div>
      </div>
    </div>
  )
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files')
}

function isTaken({ target }: { readonly target: EventTarget }): boolean {
  return target instanceof Element && target.closest('[data-takes-files]') !== null
}

function isText(target: EventTarget): boolean {
  return target instanceof Element && target.closest('input, textarea, [contenteditable=true]') !== null
}

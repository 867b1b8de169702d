import { useQuery } from '@tanstack/react-query'
import { FileText, FolderOpen } from 'lucide-react'
import { type ChangeEvent, useRef, useState } from 'react'
import { getApi, useHost } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { RecordList } from '../run/record-list.tsx'
import { importChosen, importPaths } from '../state/begin.ts'
import { openFollow } from '../streams/streams.ts'
import styles from './choose.module.css'
import { chosenFiles } from './dropped.ts'
import { parsePaths } from './path-list.ts'

/** How to name what is to be imported: drop, choose, or paths; and the imports there were. */
export function ChoosePanel() {
  return (
    <div className={styles.panel}>
      <FileButtons />
      <PathForm />
      <p className={styles.quiet}>
        A file that still grows can be followed:{' '}
        <Button kind="link" onClick={() => openFollow()}>
          Follow a file…
        </Button>
      </p>
      <RecordList title="Earlier imports" />
    </div>
  )
}

/** Choosers for files and a folder. */
export function FileButtons() {
  const host = useHost()
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const handleChosen = (event: ChangeEvent<HTMLInputElement>): void => {
    const chosen = chosenFiles(event.target.files ?? [])
    // The same file chosen again is a choice again.
    event.target.value = ''
    if (chosen.files.length > 0) importChosen(chosen)
  }
  const handleFolder = async (): Promise<void> => {
    if (host.pickDirectory === null) return folder.current?.click()
    const path = await host.pickDirectory()
    if (path !== null) void importPaths([path])
  }
  return (
    <div className={styles.drop}>
      <p className={styles.lead}>Drop files and folders anywhere on this window</p>
      <p className={styles.quiet}>
        PDF, Word, PowerPoint, EPUB, HTML, Markdown, text, code, mail · CSV, JSON, Parquet, Arrow, Excel, Lance ·
        pictures, audio, video, any file
      </p>
      <div className={styles.buttons}>
        <Button kind="primary" autoFocus onClick={() => files.current?.click()}>
          <FileText aria-hidden />
          Choose files…
        </Button>
        <Button onClick={() => void handleFolder()}>
          <FolderOpen aria-hidden />
          Choose a folder…
        </Button>
      </div>
      <input ref={files} type="file" multiple hidden aria-label="Files to import" onChange={handleChosen} />
      <input
        ref={(input) => {
          folder.current = input
          // React knows no such attribute.
          input?.setAttribute('webkitdirectory', '')
        }}
        type="file"
        hidden
        aria-label="Folder to import"
        onChange={handleChosen}
      />
    </div>
  )
}

function PathForm() {
  const [text, setText] = useState('')
  const host = useHost()
  const info = useQuery({ queryKey: ['app.info'], queryFn: () => getApi().call('app.info', {}) })
  const paths = parsePaths(text)
  const where = host.kind === 'desktop' ? 'this machine' : (info.data?.hostname ?? 'the machine Tiltyard runs on')
  return (
    <form
      className={styles.paths}
      onSubmit={(event) => {
        event.preventDefault()
        if (paths.length > 0) void importPaths(paths)
      }}
    >
      <label htmlFor="import-paths">
        Or paths on {where}, one a line
        {host.kind === 'browser' && <span className={styles.quiet}>: those are read in place, nothing is sent</span>}
      </label>
      <div className={styles.pathLine}>
        <textarea
          id="import-paths"
          className={styles.area}
          rows={Math.min(8, Math.max(2, text.split('\n').length))}
          spellCheck={false}
          placeholder="/data/papers&#10;~/exports/orders.csv.gz"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" disabled={paths.length === 0}>
          Look at them
        </Button>
      </div>
    </form>
  )
}

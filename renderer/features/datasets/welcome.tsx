import { Database, X } from 'lucide-react'
import { useEffect } from 'react'
import {
  openDialog,
  openLocation,
  openSample,
  removeRecent,
  syncRecents,
  useNow,
  useWorkspace,
} from '#renderer/features/workspace/index.ts'
import { formatAbsoluteTime, formatRelativeTime } from '#shared/model/time.ts'
import { Button } from '#renderer/ui/button.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import styles from './welcome.module.css'

/** What the centre shows while no dataset is open. */
export function Welcome({ onImport }: { readonly onImport: () => void }) {
  return (
    <EmptyState
      icon={<Database aria-hidden />}
      title="Open a Lance dataset"
      actions={
        <>
          <Button kind="primary" onClick={() => openDialog('open')}>
            Open dataset or folder…
          </Button>
          <Button onClick={() => onImport()}>Import files…</Button>
          <Button onClick={() => void openSample()}>Open the sample</Button>
        </>
      }
    >
      <p>
        One dataset directory, a database folder, or any folder with datasets below it. Opening only reads: nothing is
        written next to your data unless you ask for it. Documents, tables and pictures dropped here become a dataset.
      </p>
      <Recents />
    </EmptyState>
  )
}

/** Locations opened before. */
export function Recents({ onOpen }: { readonly onOpen?: (location: string) => void }) {
  const recents = useWorkspace((state) => state.recents)
  const now = useNow()
  useEffect(() => void syncRecents(), [])
  if (recents.length === 0) return null
  const open = onOpen ?? ((location: string): void => void openLocation(location))
  return (
    <section className={styles.recents} aria-label="Opened before">
      <h3 className={styles.heading}>Opened before</h3>
      <ul className={styles.list} aria-label="Opened before">
        {recents.map((recent) => (
          <li key={recent.location} className={styles.row}>
            <button type="button" className={styles.open} title={recent.location} onClick={() => open(recent.location)}>
              <span className={styles.name}>{recent.name}</span>
              <span className={styles.path}>{recent.location}</span>
              <span className={styles.time} title={formatAbsoluteTime(recent.openedAt)}>
                {formatRelativeTime(recent.openedAt, now)}
              </span>
            </button>
            <IconButton label={`Forget ${recent.name}`} onClick={() => removeRecent(recent.location)}>
              <X aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  )
}

import { useQuery } from '@tanstack/react-query'
import { ArrowUp, File, Folder, Table2 } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import type { DirectoryEntry, DirectoryListing } from '#shared/contract/files.ts'
import { toErrorValue } from '#shared/errors.ts'
import { getApi } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import styles from './open-dialog.module.css'

export interface FolderBrowserProps {
  readonly onOpen: (location: string) => void
  /** Told where the person looks, so that the path box can follow. */
  readonly onVisit: (directory: string) => void
}

/** Looks around in the file system of the machine the engine runs on. */
export function FolderBrowser({ onOpen, onVisit }: FolderBrowserProps) {
  const roots = useQuery({ queryKey: ['files.roots'], queryFn: () => getApi().call('files.roots', {}) })
  const [chosen, setChosen] = useState<string | null>(null)
  const directory = chosen ?? roots.data?.[0]?.path
  const listing = useQuery({
    queryKey: ['files.list', directory ?? ''],
    queryFn: ({ signal }) => getApi().call('files.list', { directory: directory ?? '' }, { signal }),
    enabled: directory !== undefined,
    staleTime: 0,
  })
  const visit = (path: string): void => {
    setChosen(path)
    onVisit(path)
  }
  if (roots.isError) {
    return <ErrorNotice layout="line" error={toErrorValue(roots.error)} onRetry={() => void roots.refetch()} />
  }
  return (
    <div className={styles.browser} onKeyDown={moveFocus}>
      <ul className={styles.places} aria-label="Places">
        {roots.data?.map((root) => (
          <li key={root.path}>
            <button
              type="button"
              className={styles.entry}
              title={root.path}
              data-current={root.path === directory}
              onClick={() => visit(root.path)}
            >
              <Folder aria-hidden />
              {root.name}
            </button>
          </li>
        ))}
      </ul>
      <div className={styles.listing}>
        {listing.isError && (
          <ErrorNotice layout="line" error={toErrorValue(listing.error)} onRetry={() => void listing.refetch()} />
        )}
        {listing.data === undefined && !listing.isError && <LoadingState />}
        {listing.data !== undefined && <Listing listing={listing.data} onOpen={onOpen} onVisit={visit} />}
      </div>
    </div>
  )
}

function Listing({ listing, onOpen, onVisit }: FolderBrowserProps & { readonly listing: DirectoryListing }) {
  const { parent } = listing
  const entries = listing.entries.filter((entry) => entry.kind !== 'file')
  return (
    <>
      <div className={styles.here}>
        <IconButton label="Up" disabled={parent === null} onClick={() => onVisit(parent ?? listing.path)}>
          <ArrowUp aria-hidden />
        </IconButton>
        <span className={styles.herePath} title={listing.path}>
          {listing.path}
        </span>
        <Button kind="ghost" onClick={() => onOpen(listing.path)}>
          Open this folder
        </Button>
      </div>
      <ul className={styles.entries} aria-label="Contents">
        {entries.map((entry) => (
          <li key={entry.path}>
            <button
              type="button"
              className={cx(styles.entry, entry.kind === 'dataset' && styles.dataset)}
              onClick={() => (entry.kind === 'dataset' ? onOpen(entry.path) : onVisit(entry.path))}
            >
              <EntryIcon kind={entry.kind} />
              {entry.name}
            </button>
          </li>
        ))}
        {entries.length === 0 && <li className={styles.quiet}>No folders in here.</li>}
        {listing.truncated && (
          <li className={styles.quiet}>Only the first 2,000 entries are shown. Type the path instead.</li>
        )}
      </ul>
    </>
  )
}

function EntryIcon({ kind }: { readonly kind: DirectoryEntry['kind'] }) {
  if (kind === 'dataset') return <Table2 aria-label="Dataset" />
  return kind === 'file' ? <File aria-hidden /> : <Folder aria-hidden />
}

/** Arrow keys walk the entries like Tab does. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const list = event.target instanceof HTMLElement ? event.target.closest('ul') : null
  const buttons = [...(list?.querySelectorAll('button') ?? [])]
  const index = buttons.findIndex((button) => button === event.target)
  const next = buttons[index + (event.key === 'ArrowDown' ? 1 : -1)]
  if (index < 0 || next === undefined) return
  event.preventDefault()
  next.focus()
}

import { type KeyboardEvent, useMemo, useState } from 'react'
import { formatBytes, formatNoun } from '#shared/model/format.ts'
import type { VersionStorage } from '#shared/model/storage.ts'
import { useNow } from '#renderer/features/workspace/index.ts'
import { ListTable } from '#renderer/ui/table/list-table.tsx'
import { type TableColumn, TableHeader } from '#renderer/ui/table/table-header.tsx'
import { cutoffOf } from './cutoff.ts'
import type { CleanupControl } from './use-cleanup.ts'
import { VersionSizeLine } from './version-size-line.tsx'
import styles from './version-sizes.module.css'
import { fatesOf } from './words.ts'

const COLUMNS: readonly TableColumn<'version' | 'bytes' | 'files' | 'fate' | 'committed'>[] = [
  { id: 'version', title: 'Version' },
  { id: 'bytes', title: 'Alone keeps' },
  { id: 'files', title: 'Files', isNumber: true },
  { id: 'fate', title: 'With this cut-off' },
  { id: 'committed', title: 'Committed' },
]

export interface VersionSizesProps {
  readonly cleanup: CleanupControl
  readonly versions: readonly VersionStorage[]
}

/** What each version alone keeps on disk. A version sets the cut-off: it and everything newer is kept. */
export function VersionSizes({ cleanup, versions: all }: VersionSizesProps) {
  const { branch, preview } = cleanup
  const versions = useMemo(() => all.filter((entry) => entry.branch === branch), [all, branch])
  const largest = useMemo(() => versions.reduce((most, entry) => Math.max(most, entry.exclusiveBytes), 0), [versions])
  const sum = useMemo(() => versions.reduce((total, entry) => total + entry.exclusiveBytes, 0), [versions])
  const fates = useMemo(() => fatesOf(preview), [preview])
  const [focused, setFocused] = useState(0)
  const now = useNow()

  const choose = (index: number): void => {
    const entry = versions[index]
    const ms = entry === undefined ? undefined : cutoffOf(cleanup.versions, entry.version)
    setFocused(index)
    if (ms !== undefined) cleanup.setCutoff(ms)
  }
  const handleKey = ({ key }: KeyboardEvent): boolean => {
    if (key === 'Enter') choose(focused)
    return key === 'Enter'
  }
  return (
    <div className={styles.sizes}>
      <p className={styles.sum}>
        {formatNoun(versions.length, 'version')}, {formatBytes(sum)} needed by one version alone. What several share
        goes only with the last of them.
      </p>
      <ListTable
        label="Sizes of versions"
        hint="Versions; Enter keeps this one and newer"
        className={styles.table}
        header={<TableHeader columns={COLUMNS} />}
        rows={versions}
        rowHeight={24}
        keyOf={({ version }) => version}
        active={focused}
        onMove={setFocused}
        onKey={handleKey}
      >
        {(entry, place) => (
          <VersionSizeLine
            entry={entry}
            place={place}
            now={now}
            largest={largest}
            fate={fates.get(entry.version) ?? { kind: 'stays' }}
            onChoose={() => choose(place.index)}
          />
        )}
      </ListTable>
    </div>
  )
}

import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { formatBytes, formatNoun } from '#shared/model/format.ts'
import type { VersionStorage } from '#shared/model/storage.ts'
import { useNow } from '#renderer/features/workspace/index.ts'
import { useVirtualRows } from '#renderer/ui/use-virtual-rows.ts'
import { indexForKey } from '../list-keys.ts'
import { cutoffOf } from './cutoff.ts'
import type { CleanupControl } from './use-cleanup.ts'
import { VersionSizeLine } from './version-size-line.tsx'
import styles from './version-sizes.module.css'
import { fatesOf } from './words.ts'

const ROW_HEIGHT = 24
const rowHeight = (): number => ROW_HEIGHT

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
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualRows({ count: versions.length, scroller, rowHeight })
  const now = useNow()

  const choose = (index: number): void => {
    const entry = versions[index]
    const ms = entry === undefined ? undefined : cutoffOf(cleanup.versions, entry.version)
    setFocused(index)
    if (ms !== undefined) cleanup.setCutoff(ms)
  }
  const handleKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1)
    const next = indexForKey(event.key, focused, versions.length - 1, page)
    if (event.key === 'Enter') choose(focused)
    else if (next === undefined) return
    else {
      setFocused(next)
      virtual.scrollToIndex(next)
    }
    event.preventDefault()
  }
  return (
    <div className={styles.table} role="grid" aria-label="Sizes of versions" aria-rowcount={versions.length + 1}>
      <p className={styles.sum}>
        {formatNoun(versions.length, 'version')}, {formatBytes(sum)} needed by one version alone. What several share
        goes only with the last of them.
      </p>
      <div role="row" aria-rowindex={1} className={styles.header}>
        <span role="columnheader">Version</span>
        <span role="columnheader">Alone keeps</span>
        <span role="columnheader" className={styles.number}>
          Files
        </span>
        <span role="columnheader">With this cut-off</span>
        <span role="columnheader">Committed</span>
      </div>
      <div
        ref={scroller}
        role="rowgroup"
        tabIndex={0}
        aria-label="Versions; Enter keeps this one and newer"
        aria-activedescendant={`storage-version-${focused}`}
        className={styles.scroller}
        onKeyDown={handleKey}
      >
        <div className={styles.canvas} style={{ height: virtual.getTotalSize() }} role="presentation">
          {virtual.getVirtualItems().map(({ index, start }) => {
            const entry = versions[index]
            if (entry === undefined) return null
            return (
              <VersionSizeLine
                key={entry.version}
                entry={entry}
                index={index}
                top={start}
                now={now}
                largest={largest}
                fate={fates.get(entry.version) ?? { kind: 'stays' }}
                isFocused={index === focused}
                onChoose={() => choose(index)}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

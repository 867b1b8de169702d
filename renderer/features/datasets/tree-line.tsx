import { ChevronDown, ChevronRight, CircleAlert, Folder, Table2 } from 'lucide-react'
import { formatBytes, formatCompact, formatCount, formatNoun } from '#shared/model/format.ts'
import { formatAbsoluteTime, formatShortRelativeTime } from '#shared/model/time.ts'
import { checkLocation } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { isCheckable } from '#renderer/ui/error-offer.ts'
import styles from './dataset-tree.module.css'
import type { TreeRow } from './tree.ts'

export interface TreeLineProps {
  readonly row: TreeRow
  readonly id: string
  readonly isActive: boolean
  readonly isFocused: boolean
  readonly now: number
  readonly onAct: () => void
  readonly onMenu: () => void
}

/** One line of the sidebar. */
export function TreeLine({ row, id, isActive, isFocused, now, onAct, onMenu }: TreeLineProps) {
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={row.level}
      aria-selected={isActive}
      aria-expanded={row.kind === 'folder' ? row.isExpanded : undefined}
      className={cx(styles.line, row.kind === 'broken' && styles.bad, isFocused && styles.focused)}
      style={{ paddingLeft: 8 + (row.level - 1) * 14 }}
      title={titleOf(row)}
      onClick={onAct}
      onContextMenu={onMenu}
    >
      <Content row={row} isActive={isActive} now={now} />
    </div>
  )
}

function Content({ row, isActive, now }: { readonly row: TreeRow; readonly isActive: boolean; readonly now: number }) {
  switch (row.kind) {
    case 'folder': {
      const Chevron = row.isExpanded ? ChevronDown : ChevronRight
      return (
        <>
          <Chevron aria-hidden className={styles.icon} />
          <Folder aria-hidden className={styles.icon} />
          <span className={styles.name}>{row.label}</span>
          <span className={styles.figure}>{row.isSearching ? 'searching…' : formatCount(row.datasets)}</span>
        </>
      )
    }
    case 'dataset':
      return (
        <>
          <Table2 aria-hidden className={cx(styles.icon, isActive && styles.iconActive)} />
          <span className={styles.texts}>
            <span className={styles.first}>
              <span className={styles.name}>{row.label}</span>
              <span className={styles.figure}>{formatCompact(row.item.rows)}</span>
            </span>
            <span className={styles.second}>
              <span className={styles.facts}>{factsOf(row)}</span>
              <span>{formatShortRelativeTime(row.item.timestamp, now)}</span>
            </span>
          </span>
        </>
      )
    case 'broken':
      return (
        <>
          <CircleAlert aria-hidden className={styles.iconBad} />
          <span className={styles.texts}>
            <span className={styles.nameBad}>{row.label}</span>
            <span className={styles.reason}>{row.item.error.message}</span>
            {row.item.error.hint !== undefined && <span className={styles.remedy}>{row.item.error.hint}</span>}
            {isCheckable(row.item.error.code) && <CheckLink location={row.location} />}
          </span>
        </>
      )
    case 'note':
      return (
        <span className={styles.texts}>
          <span className={row.tone === 'bad' ? styles.reason : styles.note}>{row.label}</span>
          {row.error?.hint !== undefined && <span className={styles.remedy}>{row.error.hint}</span>}
        </span>
      )
  }
}

/** For the mouse; keys open the line and find the same in the notice of its failure. */
function CheckLink({ location }: { readonly location: string }) {
  return (
    <Button
      kind="link"
      tabIndex={-1}
      className={styles.check}
      onClick={(event) => {
        event.stopPropagation()
        checkLocation(location)
      }}
    >
      Check it…
    </Button>
  )
}

function factsOf(row: Extract<TreeRow, { readonly kind: 'dataset' }>): string {
  const { version, fragments, dataBytes } = row.item
  return `v${version} · ${formatNoun(fragments, 'fragment')} · ${formatBytes(dataBytes)}`
}

function titleOf(row: TreeRow): string {
  switch (row.kind) {
    case 'folder':
      return `${row.location}\n${formatNoun(row.datasets, 'dataset')}`
    case 'dataset':
      return [
        row.location,
        `${formatNoun(row.item.rows, 'row')} · ${factsOf(row)}`,
        `Last change ${formatAbsoluteTime(row.item.timestamp)}`,
      ].join('\n')
    case 'broken':
      return [row.location, row.item.error.message, row.item.error.hint ?? ''].join('\n').trim()
    case 'note':
      return [row.label, row.error?.hint ?? ''].join('\n').trim()
  }
}

import { ChevronDown, ChevronRight, File, Folder, FolderOpen } from 'lucide-react'
import { formatBytes, formatExactBytes, formatNoun, formatShare } from '#shared/model/format.ts'
import { cx } from '#renderer/ui/cx.ts'
import { ClassChip } from '../class-chip.tsx'
import { groupColour } from '../class-colours.ts'
import { classTitle, GROUPS, kindName } from '../class-words.ts'
import { versionNote } from '../usage-words.ts'
import type { FolderNode, TreeRow } from './file-tree.ts'
import styles from './file-tree.module.css'

export interface FileTreeLineProps {
  readonly row: TreeRow
  readonly index: number
  readonly top: number
  readonly isChosen: boolean
  readonly isFocused: boolean
  readonly onAct: () => void
}

export function FileTreeLine({ row, index, top, isChosen, isFocused, onAct }: FileTreeLineProps) {
  const { node, level, position, siblings, isOpen, folderBytes } = row
  const isFolder = node.kind === 'folder'
  const Icon = isFolder ? (isOpen ? FolderOpen : Folder) : File
  return (
    <div
      id={`storage-node-${index}`}
      role="treeitem"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-selected={isChosen}
      aria-label={spoken(row)}
      {...(isFolder ? { 'aria-expanded': isOpen } : {})}
      className={cx(styles.line, isFocused && styles.focused)}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onAct}
    >
      <span className={styles.name} style={{ paddingLeft: 6 + (level - 1) * 14 }} title={node.path}>
        <span className={styles.chevron}>
          {isFolder && (isOpen ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />)}
        </span>
        <Icon className={cx(styles.icon, isFolder && styles.folder)} aria-hidden />
        <span className={cx(styles.text, level === 1 && styles.root)}>{node.name}</span>
      </span>
      <span className={styles.about}>
        {isFolder ? (
          <span className={styles.count}>{formatNoun(node.files, 'file')}</span>
        ) : (
          <ClassChip choice={node.file} />
        )}
      </span>
      <span className={styles.note}>
        {isFolder ? <GroupBar folder={node} folderBytes={folderBytes} /> : versionNote(node.file)}
      </span>
      <span
        className={styles.bytes}
        title={`${formatExactBytes(node.bytes)}, ${formatShare(node.bytes, folderBytes)} of its folder`}
      >
        {formatBytes(node.bytes)}
      </span>
    </div>
  )
}

/** How much of its parent a folder takes, in the colours of why it is there. */
function GroupBar({ folder, folderBytes }: { readonly folder: FolderNode; readonly folderBytes: number }) {
  if (folderBytes === 0) return null
  return (
    <span className={styles.bar} aria-hidden>
      {GROUPS.map(({ id }) =>
        folder.byGroup[id] === 0 ? null : (
          <span
            key={id}
            style={{ width: `${(folder.byGroup[id] / folderBytes) * 100}%`, backgroundColor: groupColour(id) }}
          />
        ),
      )}
    </span>
  )
}

function spoken({ node }: TreeRow): string {
  const size = formatBytes(node.bytes)
  return node.kind === 'folder'
    ? `${node.name}, folder, ${size}, ${formatNoun(node.files, 'file')}`
    : `${node.name}, ${kindName(node.file.kind)}, ${size}, ${classTitle(node.file)}`
}

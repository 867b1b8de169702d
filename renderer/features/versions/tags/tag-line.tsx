import { Ellipsis, Tag } from 'lucide-react'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Menu } from '#renderer/ui/menu.tsx'
import { type RowPlace, TableRow } from '#renderer/ui/table/table-row.tsx'
import { formatAbsoluteTime, formatRelativeTime } from '#shared/model/time.ts'
import type { TagEntry } from '#shared/model/version.ts'
import { tagMenu } from './tag-menu.tsx'
import styles from './tag-table.module.css'

export interface TagLineProps {
  readonly tab: DatasetTab
  readonly tag: TagEntry
  readonly place: RowPlace
  readonly now: number
  readonly refusal: string | undefined
  readonly onFocus: () => void
  readonly onShow: () => void
}

/** One tag: where it is, since when, and what can be done with it. */
export function TagLine({ tab, tag, place, now, refusal, onFocus, onShow }: TagLineProps) {
  const { name, version, branch, createdAt, updatedAt, problem } = tag
  const isShown = version === tab.version && branch === tab.branch && problem === undefined
  const isMoved = updatedAt !== undefined && updatedAt !== createdAt
  return (
    <TableRow place={place} aria-selected={isShown} onClick={onFocus} onDoubleClick={onShow}>
      <span role="gridcell" className={styles.name} title={name}>
        <Tag aria-hidden />
        <span className={styles.text}>{name}</span>
      </span>
      {problem === undefined ? (
        <>
          <span role="gridcell">
            <Button kind="link" tabIndex={-1} onClick={onShow}>
              v{version}
            </Button>
          </span>
          <span role="gridcell">{branch ?? 'main'}</span>
          <Time time={createdAt} now={now} />
          {isMoved ? <Time time={updatedAt} now={now} /> : <span role="gridcell" className={styles.quiet} />}
        </>
      ) : (
        <span role="gridcell" className={styles.problem} title={problem}>
          {problem}
        </span>
      )}
      <span role="gridcell" className={styles.end}>
        <Menu
          align="end"
          trigger={
            <Button kind="ghost" aria-label={`Menu of tag ${name}`} tabIndex={-1} className={styles.menu}>
              <Ellipsis aria-hidden />
            </Button>
          }
          items={tagMenu({ tab, tag, refusal })}
        />
      </span>
    </TableRow>
  )
}

function Time({ time, now }: { readonly time: string | undefined; readonly now: number }) {
  return time === undefined ? (
    <span role="gridcell" className={styles.quiet}>
      not recorded
    </span>
  ) : (
    <span role="gridcell" title={formatAbsoluteTime(time)}>
      {formatRelativeTime(time, now)}
    </span>
  )
}

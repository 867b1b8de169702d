import { Ellipsis, Tag } from 'lucide-react'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { Menu } from '#renderer/ui/menu.tsx'
import { formatAbsoluteTime, formatRelativeTime } from '#shared/model/time.ts'
import type { TagEntry } from '#shared/model/version.ts'
import { tagMenu } from './tag-menu.tsx'
import styles from './tag-table.module.css'

export interface TagLineProps {
  readonly tab: DatasetTab
  readonly tag: TagEntry
  /** 0-based position in the list. */
  readonly index: number
  readonly top: number
  readonly now: number
  readonly isFocused: boolean
  readonly refusal: string | undefined
  readonly onFocus: () => void
  readonly onShow: () => void
}

/** One tag: where it is, since when, and what can be done with it. */
export function TagLine({ tab, tag, index, top, now, isFocused, refusal, onFocus, onShow }: TagLineProps) {
  const { name, version, branch, createdAt, updatedAt, problem } = tag
  const isShown = version === tab.version && branch === tab.branch && problem === undefined
  const isMoved = updatedAt !== undefined && updatedAt !== createdAt
  return (
    <div
      id={`tag-row-${index}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isShown}
      data-index={index}
      className={cx(styles.row, isFocused && styles.focused)}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onFocus}
      onDoubleClick={onShow}
    >
      <span role="gridcell" className={styles.name} title={name}>
        <Tag aria-hidden />
        <span className={styles.text}>{name}</span>
      </span>
      {problem === undefined ? (
        <>
          <span role="gridcell" className={styles.cell}>
            <Button kind="link" tabIndex={-1} onClick={onShow}>
              v{version}
            </Button>
          </span>
          <span role="gridcell" className={styles.cell}>
            {branch ?? 'main'}
          </span>
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
    </div>
  )
}

function Time({ time, now }: { readonly time: string | undefined; readonly now: number }) {
  return time === undefined ? (
    <span role="gridcell" className={styles.quiet}>
      not recorded
    </span>
  ) : (
    <span role="gridcell" className={styles.cell} title={formatAbsoluteTime(time)}>
      {formatRelativeTime(time, now)}
    </span>
  )
}

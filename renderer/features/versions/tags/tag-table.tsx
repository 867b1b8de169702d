import { type KeyboardEvent, useRef, useState } from 'react'
import { type DatasetTab, useNow } from '#renderer/features/workspace/index.ts'
import { ContextMenu } from '#renderer/ui/menu.tsx'
import { useVirtualRows } from '#renderer/ui/use-virtual-rows.ts'
import type { TagEntry } from '#shared/model/version.ts'
import { goTo } from '../state/go-to.ts'
import { deleteTag } from '../write/writes.ts'
import { ask } from '../write/requests.ts'
import { TagLine } from './tag-line.tsx'
import { placeOfTag, tagMenu } from './tag-menu.tsx'
import styles from './tag-table.module.css'

export interface TagTableProps {
  readonly tab: DatasetTab
  readonly tags: readonly TagEntry[]
  readonly refusal: string | undefined
}

const COLUMNS = ['Tag', 'Version', 'Branch', 'Created', 'Moved', ''] as const
const ROW_HEIGHT = 26

/** Keys: arrows, Home and End move; Enter shows the dataset at the tag; M moves it, Delete deletes it. */
export function TagTable({ tab, tags, refusal }: TagTableProps) {
  const now = useNow()
  const scroller = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState(0)
  const active = Math.min(focused, tags.length - 1)
  const virtual = useVirtualRows({ count: tags.length, scroller, rowHeight: () => ROW_HEIGHT })
  const tag = tags[active]

  const show = (shown: TagEntry | undefined): void => {
    if (shown !== undefined && shown.problem === undefined) void goTo(tab.dataset, placeOfTag(shown))
  }
  const act = (key: string): boolean => {
    if (tag === undefined) return false
    if (key === 'Enter') show(tag)
    else if (refusal === undefined && key === 'Delete') void deleteTag(tab.dataset, tag.name)
    else if (refusal === undefined && key.toLowerCase() === 'm') {
      ask({ kind: 'move-tag', dataset: tab.dataset, name: tag.name, at: placeOfTag(tag) })
    } else return false
    return true
  }
  const handleKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target !== event.currentTarget) return
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -tags.length, End: tags.length }[event.key]
    if (step !== undefined) {
      const next = Math.min(tags.length - 1, Math.max(0, active + step))
      setFocused(next)
      virtual.scrollToIndex(next)
    } else if (!act(event.key)) return
    event.preventDefault()
  }
  const handleMenu = (event: Event): void => {
    const line = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null
    if (line !== null) setFocused(Number(line.dataset['index']))
  }
  return (
    <div className={styles.table} role="grid" aria-label="Tags" aria-rowcount={tags.length + 1}>
      <div role="row" aria-rowindex={1} className={styles.header}>
        {COLUMNS.map((column) => (
          <span key={column} role="columnheader" className={styles.cell}>
            {column === '' ? <span hidden>Actions</span> : column}
          </span>
        ))}
      </div>
      <ContextMenu items={tag === undefined ? [] : tagMenu({ tab, tag, refusal })} onOpen={handleMenu}>
        <div
          ref={scroller}
          role="rowgroup"
          tabIndex={0}
          className={styles.scroller}
          aria-activedescendant={`tag-row-${active}`}
          onKeyDown={handleKey}
        >
          <div className={styles.canvas} style={{ height: virtual.getTotalSize() }} role="presentation">
            {virtual.getVirtualItems().map(({ index, start }) => {
              const shown = tags[index]
              if (shown === undefined) return null
              return (
                <TagLine
                  key={shown.name}
                  tab={tab}
                  tag={shown}
                  index={index}
                  top={start}
                  now={now}
                  isFocused={index === active}
                  refusal={refusal}
                  onFocus={() => setFocused(index)}
                  onShow={() => show(shown)}
                />
              )
            })}
          </div>
        </div>
      </ContextMenu>
    </div>
  )
}

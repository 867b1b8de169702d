import { type KeyboardEvent, useState } from 'react'
import { type DatasetTab, useNow } from '#renderer/features/workspace/index.ts'
import { ListTable } from '#renderer/ui/table/list-table.tsx'
import { type TableColumn, TableHeader } from '#renderer/ui/table/table-header.tsx'
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

const COLUMNS: readonly TableColumn<'tag' | 'version' | 'branch' | 'created' | 'moved' | 'actions'>[] = [
  { id: 'tag', title: 'Tag' },
  { id: 'version', title: 'Version' },
  { id: 'branch', title: 'Branch' },
  { id: 'created', title: 'Created' },
  { id: 'moved', title: 'Moved' },
  { id: 'actions', title: 'Actions', isTitleHidden: true },
]

/** Keys besides those that move: Enter shows the dataset at the tag; M moves it, Delete deletes it. */
export function TagTable({ tab, tags, refusal }: TagTableProps) {
  const now = useNow()
  const [focused, setFocused] = useState(0)
  const active = Math.min(focused, tags.length - 1)
  const tag = tags[active]

  const show = (shown: TagEntry | undefined): void => {
    if (shown !== undefined && shown.problem === undefined) void goTo(tab.dataset, placeOfTag(shown))
  }
  const handleKey = ({ key }: KeyboardEvent): boolean => {
    if (tag === undefined) return false
    if (key === 'Enter') show(tag)
    else if (refusal === undefined && key === 'Delete') void deleteTag(tab.dataset, tag.name)
    else if (refusal === undefined && key.toLowerCase() === 'm') {
      ask({ kind: 'move-tag', dataset: tab.dataset, name: tag.name, at: placeOfTag(tag) })
    } else return false
    return true
  }
  return (
    <ListTable
      label="Tags"
      className={styles.table}
      header={<TableHeader columns={COLUMNS} />}
      rows={tags}
      rowHeight={26}
      keyOf={({ name }) => name}
      active={active}
      onMove={setFocused}
      onKey={handleKey}
      menu={{ items: tag === undefined ? [] : tagMenu({ tab, tag, refusal }), onOpen: setFocused }}
    >
      {(shown, place) => (
        <TagLine
          tab={tab}
          tag={shown}
          place={place}
          now={now}
          refusal={refusal}
          onFocus={() => setFocused(place.index)}
          onShow={() => show(shown)}
        />
      )}
    </ListTable>
  )
}

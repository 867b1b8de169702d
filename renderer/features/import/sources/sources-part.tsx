import { useMemo, useState } from 'react'
import type { SourceItem } from '#shared/model/import/source.ts'
import { formatBytes, formatCount, formatNoun } from '#shared/model/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { FilterField } from '#renderer/ui/filter-field.tsx'
import { ListTable } from '#renderer/ui/table/list-table.tsx'
import { TableHeader } from '#renderer/ui/table/table-header.tsx'
import { type RowPlace, TableRow } from '#renderer/ui/table/table-row.tsx'
import { SeverityIcon } from '../review/review-footer.tsx'
import reviewStyles from '../review/review.module.css'
import { inspectAgain } from '../state/begin.ts'
import type { Draft } from '../state/draft.ts'
import { editDraft, type Review } from '../state/store.ts'
import { worstOf } from '../words.ts'
import { isUsable, sourceFacts, withExcluded } from './choose-sources.ts'
import styles from './sources.module.css'

const COLUMNS = [{ id: 'file', title: 'File' }] as const
const ROW_HEIGHT = 40

export interface SourcesPartProps {
  readonly draft: Draft
  /** Those of the family that is imported. */
  readonly items: readonly SourceItem[]
  readonly review: Review
  /** Name of the file the preview shows. */
  readonly shown: string | undefined
  readonly onShow: (name: string) => void
}

/** What is read, and what is left out of it. */
export function SourcesPart({ draft, items, review, shown, onShow }: SourcesPartProps) {
  const [filter, setFilter] = useState('')
  const [active, setActive] = useState(-1)
  const rows = useMemo(() => {
    const wanted = filter.trim().toLowerCase()
    return wanted === '' ? items : items.filter(({ name, kind }) => `${name} ${kind}`.toLowerCase().includes(wanted))
  }, [items, filter])
  const included = items.filter((item) => isUsable(item) && !draft.excluded.has(item.name))
  const bytes = included.reduce((sum, item) => sum + item.bytes, 0)
  const toggle = (names: readonly string[], isIn: boolean): void =>
    editDraft(({ excluded }) => ({ excluded: withExcluded(excluded, names, isIn) }))
  const usable = rows.filter(isUsable)
  const areAllIn = usable.length > 0 && usable.every(({ name }) => !draft.excluded.has(name))
  return (
    <section className={styles.part} aria-label="Sources">
      <header className={reviewStyles.partHead}>
        <span className={reviewStyles.step} aria-hidden>
          1
        </span>
        <h3 className={reviewStyles.partTitle}>Sources</h3>
        <Button kind="ghost" onClick={() => void inspectAgain(draft.sources)}>
          Look again
        </Button>
      </header>
      <p className={styles.total} role="status" aria-label="Sources taken">
        {formatCount(included.length)} of {formatNoun(items.length, 'file')} · {formatBytes(bytes)}
      </p>
      <Notices review={review} />
      {items.length > 8 && (
        <div className={styles.tools}>
          <FilterField label="Filter files" placeholder="Filter by name or kind" value={filter} onChange={setFilter} />
          <Button
            onClick={() =>
              toggle(
                usable.map(({ name }) => name),
                !areAllIn,
              )
            }
            disabled={usable.length === 0}
          >
            {areAllIn ? 'Take none' : 'Take all'}
          </Button>
        </div>
      )}
      <ListTable
        label="Files"
        hint="Files. Space takes a file or leaves it out, Enter shows it"
        className={styles.table}
        header={<TableHeader columns={COLUMNS} />}
        rows={rows}
        rowHeight={ROW_HEIGHT}
        keyOf={(item) => item.name}
        active={active}
        onMove={setActive}
        onKey={(event) => {
          const item = rows[active]
          if (item === undefined) return false
          if (event.key === ' ' && isUsable(item)) toggle([item.name], draft.excluded.has(item.name))
          else if (event.key === 'Enter') onShow(item.name)
          else return false
          return true
        }}
        empty={
          <p className={styles.empty}>{items.length === 0 ? 'Nothing of this kind was found.' : 'No file matches.'}</p>
        }
      >
        {(item, place) => (
          <SourceRow
            item={item}
            place={place}
            isIn={isUsable(item) && !draft.excluded.has(item.name)}
            isShown={item.name === shown}
            onToggle={(isIn) => toggle([item.name], isIn)}
            onShow={() => {
              setActive(place.index)
              onShow(item.name)
            }}
          />
        )}
      </ListTable>
    </section>
  )
}

interface SourceRowProps {
  readonly item: SourceItem
  readonly place: RowPlace
  readonly isIn: boolean
  readonly isShown: boolean
  readonly onToggle: (isIn: boolean) => void
  readonly onShow: () => void
}

function SourceRow({ item, place, isIn, isShown, onToggle, onShow }: SourceRowProps) {
  const worst = worstOf(item.problems)
  return (
    <TableRow place={place} aria-selected={isShown} data-out={!isIn} className={styles.row} onClick={onShow}>
      <span role="gridcell" className={styles.cell}>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Take ${item.name}`}
          checked={isIn}
          disabled={!isUsable(item)}
          onClick={(event) => event.stopPropagation()}
          onChange={(event) => onToggle(event.target.checked)}
        />
        <span className={styles.texts}>
          <span className={styles.name} title={item.path}>
            {item.name}
          </span>
          <span
            className={styles.facts}
            title={worst === undefined ? undefined : `${worst.message} ${worst.hint ?? ''}`}
          >
            {worst === undefined || worst.severity === 'note' ? (
              sourceFacts(item)
            ) : (
              <>
                {item.kind} · {worst.message}
              </>
            )}
          </span>
        </span>
        {worst !== undefined && worst.severity !== 'note' && <SeverityIcon severity={worst.severity} />}
      </span>
    </TableRow>
  )
}

function Notices({ review }: { readonly review: Review }) {
  const { isTruncated, unreadable, items } = review
  return (
    <>
      {isTruncated && (
        <p className={reviewStyles.warn}>
          There is more than this: only the first {formatCount(items.length)} files were looked at, and only they are
          listed.
        </p>
      )}
      {unreadable.length > 0 && (
        <p className={reviewStyles.warn} title={unreadable.slice(0, 20).join('\n')}>
          {formatNoun(unreadable.length, 'file')} could not be read by the browser and{' '}
          {unreadable.length === 1 ? 'is' : 'are'} missing here, such as {unreadable[0]}.
        </p>
      )}
    </>
  )
}

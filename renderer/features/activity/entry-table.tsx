import { formatAbsoluteTime } from '#shared/model/time.ts'
import type { LedgerEntry } from '#shared/model/ledger.ts'
import { Chip, type ChipProps } from '#renderer/ui/chip.tsx'
import { ListTable } from '#renderer/ui/table/list-table.tsx'
import { TableHeader, type TableColumn } from '#renderer/ui/table/table-header.tsx'
import { TableRow, type RowPlace } from '#renderer/ui/table/table-row.tsx'
import styles from './activity.module.css'
import { outcomeText, versionsText, whoText } from './words.ts'

const COLUMNS: readonly TableColumn<string>[] = [
  { id: 'at', title: 'When' },
  { id: 'title', title: 'What' },
  { id: 'branch', title: 'Branch' },
  { id: 'versions', title: 'Versions' },
  { id: 'outcome', title: 'Outcome' },
  { id: 'who', title: 'Who' },
]

export interface EntryTableProps {
  readonly entries: readonly LedgerEntry[]
  readonly chosen: string | undefined
  readonly onChoose: (id: string) => void
}

/** Writes, newest first; arrows move the choice. */
export function EntryTable({ entries, chosen, onChoose }: EntryTableProps) {
  const active = entries.findIndex(({ id }) => id === chosen)
  return (
    <ListTable
      label="Activity"
      className={styles.table}
      header={<TableHeader columns={COLUMNS} />}
      rows={entries}
      rowHeight={28}
      keyOf={({ id }) => id}
      active={active}
      followed={active}
      empty={<p className={styles.none}>No write has these words.</p>}
      onMove={(at) => {
        const entry = entries[at]
        if (entry !== undefined) onChoose(entry.id)
      }}
    >
      {(entry, place) => <Line entry={entry} place={place} onChoose={() => onChoose(entry.id)} />}
    </ListTable>
  )
}

interface LineProps {
  readonly entry: LedgerEntry
  readonly place: RowPlace
  readonly onChoose: () => void
}

function Line({ entry, place, onChoose }: LineProps) {
  return (
    <TableRow place={place} aria-selected={place.isActive} onClick={onChoose}>
      <span role="gridcell">{formatAbsoluteTime(entry.at)}</span>
      <span role="gridcell" title={entry.title}>
        {entry.title}
      </span>
      <span role="gridcell">{entry.branch ?? 'main'}</span>
      <span role="gridcell" className={styles.figure}>
        {versionsText(entry)}
      </span>
      <span role="gridcell">
        <Chip tone={toneOf(entry)}>{outcomeText(entry)}</Chip>
      </span>
      <span role="gridcell">{whoText(entry)}</span>
    </TableRow>
  )
}

function toneOf({ outcome, undoneBy }: LedgerEntry): NonNullable<ChipProps['tone']> {
  if (undoneBy !== undefined) return 'quiet'
  return ({ running: 'accent', done: 'ok', failed: 'bad', cancelled: 'quiet', unfinished: 'warn' } as const)[outcome]
}

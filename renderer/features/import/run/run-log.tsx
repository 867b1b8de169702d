import { useMemo, useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import type { ImportLogLine } from '#shared/model/import/result.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { FilterField } from '#renderer/ui/filter-field.tsx'
import { ListTable } from '#renderer/ui/table/list-table.tsx'
import { TableHeader } from '#renderer/ui/table/table-header.tsx'
import { TableRow } from '#renderer/ui/table/table-row.tsx'
import { useLog } from '../state/queries.ts'
import styles from './run.module.css'

const COLUMNS = [
  { id: 'time', title: 'Time' },
  { id: 'file', title: 'File' },
  { id: 'message', title: 'What happened' },
] as const
const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' })

/** What an import did, file by file, newest last and kept in sight while it runs. */
export function RunLog({ importId, isLive }: { readonly importId: string | undefined; readonly isLive: boolean }) {
  const log = useLog(importId, isLive)
  const [filter, setFilter] = useState('')
  const [active, setActive] = useState(-1)
  const lines = useMemo(() => matching(log.data ?? [], filter), [log.data, filter])
  return (
    <section className={styles.log} aria-label="Log">
      <header className={styles.logHead}>
        <b>Log</b>
        <span className={styles.quiet}>{formatNoun(lines.length, 'line')}</span>
        <FilterField label="Filter the log" placeholder="Filter by file or text" value={filter} onChange={setFilter} />
      </header>
      {log.isError ? (
        <ErrorNotice layout="line" title="The log could not be read" error={toErrorValue(log.error)} />
      ) : (
        <ListTable
          label="Log of the import"
          className={styles.logTable}
          header={<TableHeader columns={COLUMNS} />}
          rows={lines}
          rowHeight={24}
          keyOf={({ line }) => line}
          active={active}
          onMove={setActive}
          followed={isLive && filter === '' ? lines.length - 1 : -1}
          empty={<p className={styles.empty}>{importId === undefined ? 'Not begun yet.' : 'Nothing to tell yet.'}</p>}
        >
          {({ at, level, file, message }, place) => (
            <TableRow place={place} data-level={level} className={styles.logRow}>
              <span role="gridcell">{TIME.format(new Date(at))}</span>
              <span role="gridcell" title={file}>
                {file ?? ''}
              </span>
              <span role="gridcell" title={message}>
                {level === 'info' ? '' : <b>{level}: </b>}
                {message}
              </span>
            </TableRow>
          )}
        </ListTable>
      )}
    </section>
  )
}

interface NumberedLine extends ImportLogLine {
  /** 0-based in the whole log. */
  readonly line: number
}

function matching(lines: readonly ImportLogLine[], filter: string): readonly NumberedLine[] {
  const wanted = filter.trim().toLowerCase()
  const numbered = lines.map((one, line) => ({ ...one, line }))
  if (wanted === '') return numbered
  return numbered.filter(({ file = '', message, level }) =>
    `${file} ${message} ${level}`.toLowerCase().includes(wanted),
  )
}

import { CircleAlert, FileText } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { formatBytes, formatCount, formatExactBytes, formatNoun } from '#shared/model/format.ts'
import type { FragmentDetails } from '#shared/model/fragment-details.ts'
import type { FragmentEntry } from '#shared/model/fragment.ts'
import { Chip } from '#renderer/ui/chip.tsx'
import { useVirtualRows } from '#renderer/ui/use-virtual-rows.ts'
import styles from './file-list.module.css'
import { type FileRow, toFileRows } from './file-rows.ts'

const HEIGHTS: Readonly<Record<FileRow['kind'], number>> = { file: 26, problem: 40, column: 22, name: 22 }

export interface FileListProps {
  readonly fragment: FragmentEntry
  /** Undefined until read, or when it cannot be. */
  readonly details: FragmentDetails | undefined
}

/** The data files of a fragment and the columns in them. */
export function FileList({ fragment, details }: FileListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => toFileRows(fragment, details), [fragment, details])
  const virtual = useVirtualRows({
    count: rows.length,
    scroller,
    rowHeight: (index) => HEIGHTS[rows[index]?.kind ?? 'column'],
  })
  return (
    <div className={styles.list} role="table" aria-label="Files and columns" aria-rowcount={rows.length + 1}>
      <div role="row" aria-rowindex={1} className={styles.header}>
        <span role="columnheader">File or column</span>
        <span role="columnheader" className={styles.number}>
          Bytes
        </span>
        <span role="columnheader" className={styles.number}>
          Pages
        </span>
        <span role="columnheader">Encodings</span>
      </div>
      <div ref={scroller} role="rowgroup" className={styles.scroller} tabIndex={0} aria-label="Files and columns">
        <div className={styles.canvas} style={{ height: virtual.getTotalSize() }} role="presentation">
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index]
            if (row === undefined) return null
            return (
              <div
                key={index}
                role="row"
                aria-rowindex={index + 2}
                className={styles.row}
                data-kind={row.kind}
                style={{ transform: `translateY(${start}px)`, height: HEIGHTS[row.kind] }}
              >
                <Cells row={row} />
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

function Cells({ row }: { readonly row: FileRow }) {
  switch (row.kind) {
    case 'file':
      return <FileCells row={row} />
    case 'problem':
      return (
        <span role="cell" className={styles.wide}>
          <CircleAlert aria-hidden />
          <span>
            {row.details.problem?.message} {row.details.problem?.hint}
          </span>
        </span>
      )
    case 'name':
      return (
        <>
          <span role="cell" className={styles.name}>
            <span>{row.name}</span>
          </span>
          <span role="cell" className={styles.unknown}>
            –
          </span>
        </>
      )
    case 'column':
      return <ColumnCells row={row} />
  }
}

function FileCells({ row }: { readonly row: FileRow & { readonly kind: 'file' } }) {
  const { file, details } = row
  const bytes = details?.bytes ?? file.bytes
  const isMissing = details !== undefined && details.bytes === null
  const facts = [
    `format ${file.formatVersion}`,
    ...(typeof details?.rows === 'number' ? [formatNoun(details.rows, 'row')] : []),
    ...(details === undefined || details.overheadBytes === 0
      ? []
      : [`${formatBytes(details.overheadBytes)} of footer and padding`]),
    ...(details === undefined || details.blobs.files === 0
      ? []
      : [`${formatBytes(details.blobs.bytes)} in ${formatNoun(details.blobs.files, 'blob file')}`]),
  ]
  return (
    <>
      <span role="cell" className={styles.path} title={file.path}>
        <FileText aria-hidden />
        <span>{file.path}</span>
      </span>
      <span role="cell" className={styles.number} title={bytes === null ? undefined : formatExactBytes(bytes)}>
        {isMissing ? <Chip tone="bad">missing</Chip> : bytes === null ? 'unknown' : formatBytes(bytes)}
      </span>
      <span role="cell" className={styles.facts}>
        {facts.join(' · ')}
      </span>
    </>
  )
}

function ColumnCells({ row }: { readonly row: FileRow & { readonly kind: 'column' } }) {
  const { column, largest } = row
  return (
    <>
      <span role="cell" className={styles.name} title={`${column.column} ${column.type ?? ''}`}>
        <span>{column.column}</span>
        {column.isDead ? <Chip tone="warn">dead</Chip> : <span className={styles.type}>{column.type}</span>}
      </span>
      <span role="cell" className={styles.number} title={formatExactBytes(column.bytes)}>
        <span className={styles.bar} aria-hidden>
          <span
            className={column.isDead ? styles.deadPart : styles.part}
            style={{ width: `${(column.bytes / largest) * 100}%` }}
          />
        </span>
        {formatBytes(column.bytes)}
      </span>
      <span role="cell" className={styles.number}>
        {formatCount(column.pages)}
      </span>
      <span role="cell" className={styles.encodings} title={column.encodings.join(', ')}>
        {column.encodings.join(', ') || '–'}
      </span>
    </>
  )
}

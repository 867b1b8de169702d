import { formatBytes, formatCount, formatNoun, formatShare } from '#shared/model/format.ts'
import type { ColumnStorage } from '#shared/model/fragment-details.ts'
import type { TreemapGroup, TreemapLeaf, TreemapNode } from '#renderer/ui/treemap.tsx'
import { compressionRatio, totalBytes } from './column-sorting.ts'

/** Sums over columns, and how many data files could not be read, at least. */
export interface ColumnTotals {
  readonly bytes: number
  readonly blobBytes: number
  readonly deadBytes: number
  readonly deadColumns: number
  readonly unreadableFiles: number
}

export function toColumnTotals(columns: readonly ColumnStorage[]): ColumnTotals {
  const sum = (of: (column: ColumnStorage) => number): number =>
    columns.reduce((total, column) => total + of(column), 0)
  return {
    bytes: sum(({ bytes }) => bytes),
    blobBytes: sum(({ blobBytes = 0 }) => blobBytes),
    deadBytes: sum((column) => (column.isDead ? totalBytes(column) : 0)),
    deadColumns: columns.filter(({ isDead }) => isDead).length,
    // A file holds many columns and is counted by each of them.
    unreadableFiles: columns.reduce((most, column) => Math.max(most, column.unreadableFiles), 0),
  }
}

/** Where the bytes of all data files are: in columns, beside them, and in what belongs to no column. */
export function describeTotals(totals: ColumnTotals, fileBytes: number | null): string {
  const { bytes, blobBytes, deadBytes, deadColumns, unreadableFiles } = totals
  // With files nobody could read the rest would be theirs as well.
  const overhead = fileBytes === null || unreadableFiles > 0 ? 0 : fileBytes - bytes
  return [
    `${formatBytes(bytes)} in columns`,
    ...(overhead <= 0 ? [] : [`${formatBytes(overhead)} of footers, schemas and padding`]),
    ...(blobBytes === 0 ? [] : [`${formatBytes(blobBytes)} in blob files`]),
    ...(deadColumns === 0
      ? []
      : [`${formatBytes(deadBytes)} of ${formatNoun(deadColumns, 'dead column')}, which compaction frees`]),
  ].join(' · ')
}

/** `3.2×`, `≈3.2×` when the Arrow size is estimated; a dash when it is not known. */
export function ratioText(column: ColumnStorage): string {
  const ratio = compressionRatio(column)
  if (ratio === null) return '–'
  return `${column.isArrowEstimated ? '≈' : ''}${ratio < 10 ? ratio.toFixed(1) : formatCount(Math.round(ratio))}×`
}

/** A column in one sentence. */
export function columnSentence(column: ColumnStorage, whole: number): string {
  const { arrowBytes, bytes, blobBytes = 0, isArrowEstimated, isDead } = column
  const parts = [
    `${column.column}: ${formatBytes(bytes)}`,
    formatShare(totalBytes(column), whole),
    ...(blobBytes === 0 ? [] : [`and ${formatBytes(blobBytes)} in blob files`]),
    ...(column.type === undefined ? [] : [column.type]),
    formatNoun(column.pages, 'page'),
    ...(column.encodings.length === 0 ? [] : [column.encodings.join(', ')]),
    ...(arrowBytes === null
      ? []
      : [`${formatBytes(arrowBytes)} in Arrow${isArrowEstimated ? ' (estimated)' : ''}, ratio ${ratioText(column)}`]),
    ...(isDead ? ['dead: no longer in the schema, freed by compaction'] : []),
  ]
  return parts.join(' · ')
}

const LIVE = 'var(--cool-3)'
const DEAD = 'var(--warm-3)'
const BLOBS = 'var(--cat-3)'

/** Columns as areas; fields of a struct side by side, payloads of blob columns beside their column. */
export function toColumnNodes(columns: readonly ColumnStorage[]): readonly TreemapNode[] {
  const whole = columns.reduce((sum, column) => sum + totalBytes(column), 0)
  const tops = new Map<string, TreemapLeaf[]>()
  for (const column of columns) {
    const top = column.isDead ? column.column : (column.column.split('.')[0] ?? column.column)
    tops.set(top, [...(tops.get(top) ?? []), ...leavesOf(column, whole)])
  }
  return [...tops].map(([top, leaves]): TreemapNode => {
    const [only] = leaves
    if (only !== undefined && leaves.length === 1) return only
    const bytes = leaves.reduce((sum, { value }) => sum + value, 0)
    return {
      id: `group ${top}`,
      label: `${top} · ${formatBytes(bytes)}`,
      sentence: `${top}: ${formatBytes(bytes)} in ${formatNoun(leaves.length, 'part')}, ${formatShare(bytes, whole)}`,
      children: leaves,
    } satisfies TreemapGroup
  })
}

function leavesOf(column: ColumnStorage, whole: number): readonly TreemapLeaf[] {
  const { blobBytes = 0, bytes, fieldId, isDead } = column
  const sentence = columnSentence(column, whole)
  return [
    {
      id: String(fieldId),
      label: column.column,
      value: bytes,
      detail: formatBytes(bytes),
      colour: isDead ? DEAD : LIVE,
      isMarked: isDead,
      sentence,
    },
    ...(blobBytes === 0
      ? []
      : [
          {
            id: `${fieldId} blobs`,
            label: 'blob files',
            value: blobBytes,
            detail: formatBytes(blobBytes),
            colour: BLOBS,
            sentence: `${column.column}: ${formatBytes(blobBytes)} in blob files beside the data files`,
          },
        ]),
  ]
}

/** Field id behind the id of a tile; undefined for groups. */
export function fieldOfTile(id: string): number | undefined {
  const digits = /^(-?\d+)/.exec(id)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

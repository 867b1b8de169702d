import {
  type ArrowPage,
  decodePage,
  exactValue,
  formatCell,
  type TextTone,
  toBase64,
} from '#shared/model/arrow/index.ts'

const MAX_ROWS = 50
const MAX_COLUMNS = 100
const MAX_LENGTH = 120

export interface SampleCell {
  readonly text: string
  readonly tone: TextTone
}

export interface SampleTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly SampleCell[])[]
  /** Columns there are but that are not among `columns`. */
  readonly hiddenColumns: number
}

/** The first rows as text, bounded; null when there are none. Throws `corrupt-data` for bytes that are not Arrow. */
export function readSample(sample: Uint8Array | null): SampleTable | null {
  if (sample === null) return null
  const page = decodePage([sample])
  const columns = page.columnNames.slice(0, MAX_COLUMNS)
  const count = Math.min(page.rowCount, MAX_ROWS)
  const rows = Array.from({ length: count }, (_, row) => columns.map((name) => cellOf(page, name, row)))
  return { columns, rows, hiddenColumns: page.columnNames.length - columns.length }
}

function cellOf(page: ArrowPage, name: string, row: number): SampleCell {
  const column = page.column(name)
  return column === undefined ? { text: '', tone: 'plain' } : formatCell(exactValue(column, row), MAX_LENGTH)
}

export interface MediaCard {
  readonly name: string
  /** Address of the picture itself, where one was made. */
  readonly thumbnail: string | null
  /** Column and value, of what is worth a line. */
  readonly facts: readonly (readonly [name: string, value: string])[]
}

/** Columns that are said elsewhere, or say nothing to a person. */
const QUIET = new Set([
  'uuid',
  'content_hash',
  'tags',
  'metadata',
  'raw_data',
  'data',
  'bytes',
  'thumbnail',
  'source_path',
])

/** Rows of media as cards: the picture and the facts that were read. */
export function readMedia(sample: Uint8Array | null): readonly MediaCard[] {
  if (sample === null) return []
  const page = decodePage([sample])
  return Array.from({ length: Math.min(page.rowCount, 200) }, (_, row) => {
    const thumbnail = page.column('thumbnail')
    const value = thumbnail === undefined ? undefined : exactValue(thumbnail, row)
    const bytes = value?.kind === 'binary' ? value.bytes : null
    return {
      name: cellOf(page, 'source_path', row).text,
      thumbnail: bytes === null ? null : `data:image/jpeg;base64,${toBase64(bytes)}`,
      facts: page.columnNames
        .filter((name) => !QUIET.has(name))
        .map((name) => [name, cellOf(page, name, row)] as const)
        .filter(([, cell]) => cell.text !== '' && cell.tone !== 'special')
        .map(([name, cell]) => [name, cell.text] as const),
    }
  })
}

import { readFile } from 'node:fs/promises'
import { read, type CellObject, type WorkBook } from '@e965/xlsx'
import { unreadable } from '../errors.ts'
import { guardWorkbook } from './guard.ts'

/** Text of the cells of a sheet; null = empty. */
export interface Sheet {
  readonly name: string
  /** All sheets of the workbook. */
  readonly names: readonly string[]
  readonly columns: number
  /** Of the workbook's file. */
  readonly byteLength: number
  readonly rows: number
  /** Text of the cells of a row, counted from 0; of none where there is no such row. */
  row(index: number): readonly (string | null)[]
}

/** Reads a sheet: the one named, or the first that is not empty. Fails with `unreadable-source`. */
export async function openSheet(path: string, name: string, wanted: string | undefined): Promise<Sheet> {
  await guardWorkbook(path, name)
  const bytes = await readFile(path)
  const { SheetNames: names } = parse(bytes, name, { bookSheets: true })
  const candidates = wanted === undefined ? names : names.filter((sheet) => sheet === wanted)
  if (candidates.length === 0) {
    const known = names.map((sheet) => `"${sheet}"`).join(', ')
    throw unreadable(name, `it has no sheet "${wanted ?? ''}".`, `Its sheets are ${known}.`)
  }
  for (const sheet of candidates) {
    const data = parse(bytes, name, {
      sheets: sheet,
      dense: true,
      cellDates: true,
      UTC: true,
      cellFormula: false,
      cellHTML: false,
    }).Sheets[sheet]?.['!data']
    const rows = (data ?? []) as readonly (readonly (CellObject | undefined)[] | undefined)[]
    const columns = rows.reduce((most, cells) => Math.max(most, lastFilled(cells ?? []) + 1), 0)
    if (columns === 0) continue
    return {
      name: sheet,
      names,
      byteLength: bytes.length,
      columns,
      rows: rows.length,
      row: (index) => {
        const cells = rows[index]
        // Sheets may have a million rows of which few have anything.
        return cells === undefined ? [] : Array.from({ length: columns }, (_, column) => cellText(cells[column]))
      },
    }
  }
  throw unreadable(name, wanted === undefined ? 'all of its sheets are empty.' : `the sheet "${wanted}" is empty.`)
}

function parse(bytes: Buffer, name: string, options: Parameters<typeof read>[1]): WorkBook {
  try {
    return read(bytes, { type: 'buffer', ...options })
  } catch (cause) {
    if (cause instanceof Error && /password|encrypt/i.test(cause.message))
      throw unreadable(name, 'it is protected by a password.', 'Save a copy without the password and drop that.')
    throw unreadable(name, `${cause instanceof Error ? cause.message : String(cause)}.`)
  }
}

function lastFilled(cells: readonly (CellObject | undefined)[]): number {
  let column = cells.length - 1
  while (column >= 0 && cellText(cells[column]) === null) column--
  return column
}

/** A cell as the column builders read it: exact numbers, ISO dates. Numbers shown with leading zeros keep them. */
function cellText(cell: CellObject | undefined): string | null {
  if (cell === undefined || cell.v === undefined || cell.t === 'z') return null
  if (cell.v instanceof Date) {
    const time = cell.v.getTime()
    return Number.isNaN(time)
      ? null
      : new Date(time)
          .toISOString()
          .replace(/T00:00:00\.000Z$/, '')
          .replace(/\.000Z$|Z$/, '')
  }
  if (cell.t === 'e') return cell.w ?? '#ERROR'
  if (cell.t === 'n' && cell.w !== undefined && /^0\d+$/.test(cell.w)) return cell.w
  const text = String(cell.v)
  return text === '' ? null : text
}

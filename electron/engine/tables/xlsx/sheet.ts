import { readFile } from 'node:fs/promises'
import { read, SSF, type CellObject, type WorkBook } from '@e965/xlsx'
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
    const { Sheets, Workbook } = parse(bytes, name, {
      sheets: sheet,
      dense: true,
      cellNF: true,
      cellFormula: false,
      cellHTML: false,
    })
    const data = Sheets[sheet]?.['!data']
    const cellText = createCellText(Workbook?.WBProps?.date1904 === true)
    const rows = (data ?? []) as readonly (readonly (CellObject | undefined)[] | undefined)[]
    const columns = rows.reduce((most, cells) => Math.max(most, lastFilled(cells ?? [], cellText) + 1), 0)
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

type CellText = (cell: CellObject | undefined) => string | null

function lastFilled(cells: readonly (CellObject | undefined)[], cellText: CellText): number {
  let column = cells.length - 1
  while (column >= 0 && cellText(cells[column]) === null) column--
  return column
}

/** Cells as the column builders read them: exact numbers, ISO dates. Numbers shown with leading zeros keep them. */
function createCellText(is1904: boolean): CellText {
  const formats = new Map<unknown, boolean>()
  const isDate = (format: unknown): boolean => {
    const known = formats.get(format) ?? (typeof format === 'string' && SSF.is_date(format))
    formats.set(format, known)
    return known
  }
  return (cell) => {
    if (cell === undefined || cell.v === undefined || cell.t === 'z') return null
    if (cell.t === 'e') return cell.w ?? '#ERROR'
    if (typeof cell.v === 'number' && isDate(cell.z)) return dateText(cell.v, is1904)
    if (cell.t === 'n' && cell.w !== undefined && /^0\d+$/.test(cell.w)) return cell.w
    const text = String(cell.v)
    return text === '' ? null : text
  }
}

const DAY_MS = 86_400_000
/** The day numbers are counted from, and how many later those of the other system are. */
const EPOCH_MS = Date.UTC(1899, 11, 30)
const DAYS_1904 = 1462
/** There is a day of this number, the 29th of February 1900, only in spreadsheets. */
const NO_DAY = 60

/** A day number as a date, rounded to milliseconds: the library cuts, which makes 23:59:58.999 of 23:59:59. */
function dateText(days: number, is1904: boolean): string {
  const day = is1904 ? days + DAYS_1904 : days
  if (day >= NO_DAY && day < NO_DAY + 1) return String(days)
  const date = new Date(EPOCH_MS + Math.round((day > NO_DAY ? day : day + 1) * DAY_MS))
  if (Number.isNaN(date.getTime())) return String(days)
  return date
    .toISOString()
    .replace(/T00:00:00\.000Z$/, '')
    .replace(/\.000Z$|Z$/, '')
}

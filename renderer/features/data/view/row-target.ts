import { formatCount } from '#shared/model/format.ts'

/** A row to jump to, 0-based, or why the text names none. */
export type RowTarget = { readonly ok: true; readonly row: number } | { readonly ok: false; readonly reason: string }

/** Reads `1204`, `1,204`, `1.2M`, `-1` (the last row), `50%`. Row numbers count from 0, as in the grid. */
export function parseRowTarget(text: string, rowCount: number): RowTarget {
  const trimmed = text.trim().replaceAll(/[,_\s]/g, '')
  const match = /^(-?)(\d+(?:\.\d+)?)([km%]?)$/i.exec(trimmed)
  if (match === null) return { ok: false, reason: 'Type a row number, such as 1204, or a share, such as 50%.' }
  if (rowCount === 0) return { ok: false, reason: 'There are no rows.' }
  const [, sign, digits, suffix = ''] = match
  const scale = { '': 1, k: 1e3, m: 1e6, '%': rowCount / 100 }[suffix.toLowerCase()] ?? 1
  const number = Math.round(Number(digits) * scale)
  const row = sign === '-' ? rowCount - number : suffix === '%' ? Math.min(number, rowCount - 1) : number
  if (row < 0 || row >= rowCount || Number(digits) > (suffix === '%' ? 100 : Infinity)) {
    return { ok: false, reason: `Rows go from 0 to ${formatCount(rowCount - 1)}.` }
  }
  return { ok: true, row }
}

import {
  type ExactValue,
  formatFloat,
  toCsvText,
  toJsonValue,
  toTsvText,
  type VectorValue,
} from '#shared/model/arrow/index.ts'

export type CopyFormat = 'tsv' | 'csv' | 'json'

/** A cell to copy; `undefined` lies outside the selection. */
export type CopyCell = ExactValue | undefined

export interface CopyTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly CopyCell[])[]
}

/** The text for the clipboard. Headers go in when asked and always in JSON; one single cell in JSON is its bare value. */
export function writeTable(table: CopyTable, format: CopyFormat, withHeader: boolean): string {
  switch (format) {
    case 'tsv':
      return writeDelimited(table, '\t', toTsvText, withHeader)
    case 'csv':
      return writeDelimited(table, ',', toCsvText, withHeader)
    case 'json':
      return writeJson(table)
  }
}

function writeDelimited(
  table: CopyTable,
  separator: string,
  toText: (value: ExactValue) => string,
  withHeader: boolean,
): string {
  const header = table.columns.map((name) => toText({ kind: 'string', value: name })).join(separator)
  const lines = table.rows.map((row) => row.map((cell) => (cell === undefined ? '' : toText(cell))).join(separator))
  return (withHeader ? [header, ...lines] : lines).join('\n')
}

function writeJson({ columns, rows }: CopyTable): string {
  const only = rows.length === 1 && columns.length === 1 ? rows[0]?.[0] : undefined
  if (only !== undefined) return JSON.stringify(toJsonValue(only), null, 2)
  const objects = rows.map((row) =>
    Object.fromEntries(
      row.flatMap((cell, index) => (cell === undefined ? [] : [[columns[index] ?? '', toJsonValue(cell)] as const])),
    ),
  )
  return JSON.stringify(objects, null, 2)
}

/** `np.array([0.1, …], dtype=np.float32)`, every element reading back to the same value. bfloat16 widens to float32. */
export function vectorToNumpy(vector: VectorValue): string {
  const numbers = Array.from(vector.values, (value) => {
    if (Number.isNaN(value)) return 'np.nan'
    if (!Number.isFinite(value)) return value > 0 ? 'np.inf' : '-np.inf'
    return vector.precision === null ? String(value) : formatFloat(value, vector.precision)
  })
  const dtype = vector.element === 'bfloat16' ? 'float32' : vector.element
  return `np.array([${numbers.join(', ')}], dtype=np.${dtype})`
}

/** The vector as a JSON array with as few digits as give the same values back; NaN and infinities are strings. */
export function vectorToJson(vector: VectorValue): string {
  const numbers = Array.from(vector.values, (value) => {
    if (!Number.isFinite(value)) return JSON.stringify(String(value))
    return vector.precision === null ? String(value) : formatFloat(value, vector.precision)
  })
  return `[${numbers.join(', ')}]`
}

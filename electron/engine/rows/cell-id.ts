import { AppError } from '#shared/errors.ts'

/** What a cell id stands for: enough to find the bytes again, also after the engine was restarted. */
export interface CellAddress {
  readonly dataset: string
  /** Undefined = main. */
  readonly branch: string | undefined
  readonly version: number
  readonly rowId: bigint
  readonly column: string
}

const MAX_ROW_ID = 2n ** 64n - 1n

/** The address as base64url text, fit for a URL. Holds no path. */
export function formatCellId(cell: CellAddress): string {
  const parts = [cell.dataset, cell.branch ?? null, cell.version, String(cell.rowId), cell.column]
  return Buffer.from(JSON.stringify(parts), 'utf8').toString('base64url')
}

/** Reads back {@link formatCellId}; anything else is `invalid-input`, for ids come from outside. */
export function parseCellId(id: string): CellAddress {
  const parts = decodeParts(id)
  if (!Array.isArray(parts) || parts.length !== 5) throw notACell()
  const [dataset, branch, version, rowId, column] = parts as unknown[]
  if (typeof dataset !== 'string' || dataset.length === 0 || dataset.length > 64) throw notACell()
  if (branch !== null && (typeof branch !== 'string' || branch === '')) throw notACell()
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 1) throw notACell()
  if (typeof rowId !== 'string' || typeof column !== 'string' || column === '') throw notACell()
  return { dataset, branch: branch ?? undefined, version, rowId: parseRowId(rowId), column }
}

/** A row id of the contract as a number; ids beyond 64 bits name no row. */
export function parseRowId(text: string): bigint {
  if (!/^\d{1,20}$/.test(text)) throw notACell()
  const id = BigInt(text)
  if (id > MAX_ROW_ID) throw rowNotFound(text)
  return id
}

export function rowNotFound(id: bigint | string): AppError {
  return new AppError({
    code: 'row-not-found',
    message: `There is no row with id ${id} in this version.`,
    hint: 'Reload the view: row ids change when rows are updated or compacted.',
    detail: { rowId: String(id) },
  })
}

function decodeParts(id: string): unknown {
  try {
    return JSON.parse(Buffer.from(id, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

function notACell(): AppError {
  return new AppError({
    code: 'invalid-input',
    message: 'This is not the id of a cell.',
    hint: 'Ids come from cells.describe and cells.get.',
  })
}

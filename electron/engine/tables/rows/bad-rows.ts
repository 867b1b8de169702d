import { AppError } from '#shared/errors.ts'
import { formatCount } from '#shared/model/format.ts'
import type { BadRow } from '#shared/model/import/tables.ts'

/** Bad rows of a batch that are shown; all of them go to the reject file. */
export const MAX_EXAMPLES = 100
const MAX_EXAMPLE_LENGTH = 1000

export function exampleOf(row: BadRow): BadRow {
  return { ...row, text: row.text.slice(0, MAX_EXAMPLE_LENGTH) }
}

/** What the policy to stop fails with. */
export function badRowsError(row: BadRow): AppError {
  const where = row.column === undefined ? 'The row' : `The value of "${row.column}"`
  return new AppError({
    code: 'bad-rows',
    message: `${where} in line ${formatCount(row.line)} of "${row.file}" cannot be read: it ${row.reason}.`,
    hint: 'Correct the file or the types of the columns, or have bad rows rejected or their values left null.',
    detail: exampleOf(row),
  })
}

import { AppError } from '#shared/errors.ts'

/**
 * Where each wanted row lies in what `take` answered: `order[i]` is the answer's row of the page's row i. Undefined when
 * both are in the same order already.
 */
export function viewOrder(wanted: readonly bigint[], answered: readonly bigint[]): number[] | undefined {
  const position = new Map(answered.map((id, index) => [id, index]))
  let isIdentity = wanted.length === answered.length
  const order = wanted.map((id, index) => {
    const at = position.get(id)
    if (at === undefined) throw rowLost(id)
    if (at !== index) isIdentity = false
    return at
  })
  return isIdentity ? undefined : order
}

function rowLost(id: bigint): AppError {
  return new AppError({
    code: 'corrupt-data',
    message: `Lance listed row ${id} but did not return it.`,
    hint: 'Reload the view. If it happens again, a file of this version is probably damaged.',
    detail: { rowId: String(id) },
  })
}

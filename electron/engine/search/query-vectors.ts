import type { Input } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import { decodeVectors } from '../lance/index.ts'
import { parseRowId, READ_TIMEOUT_MS, rowNotFound, type View } from '../rows/index.ts'
import { chooseVectorColumn, invalidVector, type VectorColumn } from './vector-columns.ts'

type VectorInput = NonNullable<Input<'search.run'>['vector']>

export interface QueryVectors {
  readonly column: VectorColumn
  /** Several = several queries; on a multivector column, the vectors of one. */
  readonly vectors: readonly (readonly number[])[]
}

/** The vectors a search asks with, checked against the column they are for. */
export async function toQueryVectors(
  view: View,
  input: VectorInput,
  columnName: string | undefined,
): Promise<QueryVectors> {
  if (!Array.isArray(input)) return ofRow(view, input.rowId, columnName)
  const vectors = (typeof input[0] === 'number' ? [input] : input) as readonly (readonly number[])[]
  return { column: checkVectors(view.manifest, vectors, columnName), vectors }
}

/** The column some vectors are for, checked against it; `invalid-vector` or `unknown-column` when they do not fit. */
export function checkVectors(
  manifest: View['manifest'],
  vectors: readonly (readonly number[])[],
  columnName: string | undefined,
): VectorColumn {
  const dimension = vectors[0]?.length ?? 0
  const odd = vectors.findIndex((vector) => vector.length !== dimension)
  if (odd > 0) {
    throw invalidVector(
      `Vector ${odd + 1} has ${vectors[odd]?.length} numbers, and the first has ${dimension}.`,
      'All vectors of a search have the same length.',
    )
  }
  const column = chooseVectorColumn(manifest, columnName, dimension)
  for (const vector of vectors) checkValues(column, vector)
  return column
}

/** The row's own vector, at the version searched. */
async function ofRow(view: View, rowId: string, columnName: string | undefined): Promise<QueryVectors> {
  const column = chooseVectorColumn(view.manifest, columnName, undefined)
  const file = await view.table.takeOne(parseRowId(rowId), [{ name: column.name }], READ_TIMEOUT_MS)
  if (file === undefined) throw rowNotFound(rowId)
  const vectors = decodeVectors(file)
  if (vectors === null || vectors.length === 0) {
    throw invalidVector(`Row ${rowId} has no vector in "${column.name}".`, 'Pick another row.')
  }
  for (const vector of vectors) checkValues(column, vector)
  return { column, vectors }
}

function checkValues({ name, isBytes, largest }: VectorColumn, vector: readonly number[]): void {
  const at = vector.findIndex((value) => !(Math.abs(value) <= largest))
  if (at >= 0) {
    throw invalidVector(
      `Number ${at + 1} of the vector is ${vector[at]}, which has no distance to anything.`,
      `Every number must be finite and at most ${largest} in "${name}".`,
    )
  }
  if (!isBytes) return
  const odd = vector.findIndex((value) => !Number.isInteger(value) || value < 0 || value > 255)
  if (odd >= 0) {
    throw new AppError({
      code: 'invalid-vector',
      message: `Number ${odd + 1} of the vector is ${vector[odd]}, and "${name}" holds bytes.`,
      hint: 'Use whole numbers from 0 to 255.',
    })
  }
}

import { AppError, type ErrorCode } from '#shared/errors.ts'
import type { SchemaField } from '#shared/model/schema.ts'

/** Reads the rows in question with one column only; rejects when that column is why they cannot be read. */
export type Probe = (field: SchemaField) => Promise<void>

/** Columns tried at most; beyond that the failure stays as it is. */
const MAX_PROBES = 64

/**
 * Says which columns make a read of several fail, by reading each alone, so that the window can leave them out and show
 * the rest. Failures that no column causes, and those of all columns alike, come back unchanged.
 */
export async function nameFailingColumns(
  error: unknown,
  fields: readonly SchemaField[],
  probe: Probe,
): Promise<unknown> {
  if (!(error instanceof AppError) || !mayBeOneColumn(error.code)) return error
  if (fields.length < 2 || fields.length > MAX_PROBES) return error
  const failed: { readonly name: string; readonly error: AppError }[] = []
  for (const field of fields) {
    try {
      await probe(field)
    } catch (cause) {
      if (cause instanceof AppError && cause.code !== 'cancelled') failed.push({ name: field.name, error: cause })
    }
  }
  const first = failed[0]
  if (first === undefined || failed.length === fields.length) return error
  const columns = failed.map((entry) => entry.name)
  const { code, message } = first.error
  return new AppError(
    {
      code,
      message: `${columns.length === 1 ? 'The column' : 'The columns'} ${columns.map((name) => `"${name}"`).join(', ')} cannot be read here: ${message}`,
      hint: 'Hide it to see the other columns of these rows.',
      detail: { ...(first.error.detail as object | undefined), columns },
    },
    { cause: error },
  )
}

function mayBeOneColumn(code: ErrorCode): boolean {
  return code === 'corrupt-data' || code === 'missing-file' || code === 'unsupported-format' || code === 'internal'
}

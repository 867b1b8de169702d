import type { Input, Output } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { CallContext } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { decodeValues } from '../lance/index.ts'
import { toSqlLiteral } from './sql-literal.ts'
import { openView, READ_TIMEOUT_MS, requireReadable, toProjected } from './view.ts'

/** Rows looked at for distinct values. */
const SAMPLE_ROWS = 100_000
const BATCH_ROWS = 8192

/**
 * Distinct values of a column as SQL literals, the most frequent first, from its first rows. Stops as soon as there are
 * more than asked for; `complete` says that the list is every value of the column.
 */
export async function fetchValues(
  context: EngineContext,
  input: Input<'rows.values'>,
  { signal }: CallContext,
): Promise<Output<'rows.values'>> {
  const view = await openView(context, input)
  const field = requireReadable(view.manifest, input.column)
  if (!hasLiterals(field)) throw noLiterals(field)
  const total = await view.table.countRows(undefined, READ_TIMEOUT_MS)
  const limit = Math.min(total, SAMPLE_ROWS)
  const counts = new Map<string, number>()
  let isWhole = total <= SAMPLE_ROWS
  const limits = { timeoutMs: READ_TIMEOUT_MS, batchRows: BATCH_ROWS, signal }
  if (limit > 0) {
    for await (const batch of view.table.page([toProjected(field)], { offset: 0, limit }, limits)) {
      for (const value of decodeValues(batch)) {
        const literal = toSqlLiteral(value)
        if (literal === undefined) isWhole = false
        else counts.set(literal, (counts.get(literal) ?? 0) + 1)
      }
      if (counts.size <= input.limit) continue
      isWhole = false
      break
    }
  }
  const sorted = [...counts].toSorted((a, b) => b[1] - a[1]).map(([literal]) => literal)
  return { values: sorted.slice(0, input.limit), complete: isWhole && sorted.length <= input.limit }
}

function hasLiterals(field: SchemaField): boolean {
  switch (field.kind) {
    case 'string':
    case 'integer':
    case 'boolean':
    case 'date':
    case 'timestamp':
    case 'dictionary':
      return true
    default:
      return false
  }
}

function noLiterals(field: SchemaField): AppError {
  return new AppError({
    code: 'invalid-input',
    message: `Values of the column "${field.name}" (${field.type}) cannot be listed.`,
    hint: 'Values are listed for text, integer, boolean, date and timestamp columns.',
    detail: { column: field.name },
  })
}

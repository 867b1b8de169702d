import type { Input } from '#shared/contract/index.ts'
import type { FilterCheck } from '#shared/contract/rows.ts'
import { AppError } from '#shared/errors.ts'
import type { EngineContext } from '../context.ts'
import { locateProblem } from './filter-position.ts'
import { toFilter } from './filter.ts'
import { openView, READ_TIMEOUT_MS } from './view.ts'

/** Plans the filter without reading rows. Failures that are not about the filter are thrown. */
export async function validateFilter(
  context: EngineContext,
  input: Input<'rows.validateFilter'>,
): Promise<FilterCheck> {
  const view = await openView(context, input)
  try {
    const filter = toFilter(input.filter)
    if (filter === undefined) return { valid: true }
    await view.table.explainFilter(filter, READ_TIMEOUT_MS)
    return { valid: true }
  } catch (error) {
    if (!(error instanceof AppError) || !isAboutTheFilter(error)) throw error
    const at = locateProblem(input.filter, error.detail)
    return {
      valid: false,
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      ...(at === undefined ? {} : { at }),
    }
  }
}

function isAboutTheFilter(error: AppError): boolean {
  return error.code === 'invalid-filter' || error.code === 'unknown-column'
}

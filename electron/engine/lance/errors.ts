import { AppError, type ErrorValue } from '#shared/errors.ts'
import { failure, type Doing, type Rule } from './error-rule.ts'
import { FILTER_HINT, FILTER_RULES, LAST_FILTER_RULES } from './filter-errors.ts'
import { cleanText } from './native-text.ts'
import { DAMAGE_RULES, READ_RULES } from './read-errors.ts'
import { SEARCH_RULES } from './search-errors.ts'
import { WRITE_RULES } from './write-errors.ts'

export type { Doing } from './error-rule.ts'

/** In order: the first match decides. */
const RULES: readonly Rule[] = [...READ_RULES, ...FILTER_RULES, ...DAMAGE_RULES, ...LAST_FILTER_RULES]

/**
 * Turns what the native module threw into an AppError. LanceDB's errors carry no class and no code, only text, so the
 * rules here alone know those texts (LanceDB 0.39, Lance 12); `detail.native` keeps the first sentence as evidence.
 */
export function toAppError(error: unknown, doing: Doing): AppError {
  if (error instanceof AppError) return error
  const text = error instanceof Error ? error.message : String(error)
  const native = cleanText(text)
  for (const rule of rulesFor(doing)) {
    const match = rule.pattern.exec(text)
    if (match === null) continue
    const value = rule.to(match, doing)
    const detail = { ...(value.detail as object | undefined), native }
    return new AppError({ ...value, detail }, { cause: error })
  }
  return new AppError({ ...unknownFailure(doing, native), detail: { native } }, { cause: error })
}

function rulesFor(doing: Doing): readonly Rule[] {
  if (doing === 'write') return [...WRITE_RULES, ...RULES]
  return doing === 'search' ? [...SEARCH_RULES, ...RULES] : RULES
}

function unknownFailure(doing: Doing, native: string): ErrorValue {
  switch (doing) {
    case 'filter':
      return failure('invalid-filter', `Lance does not accept this filter: ${native}`, FILTER_HINT)
    case 'open':
      return failure(
        'internal',
        `Lance could not open the dataset: ${native}`,
        'Try again; the engine log has the details.',
      )
    case 'write':
      return failure(
        'internal',
        `Lance could not write: ${native}`,
        'Look at the list of versions before trying again; the engine log has the details.',
      )
    case 'search':
      return failure('internal', `Lance could not search: ${native}`, 'Try again; the engine log has the details.')
    case 'read':
      return failure(
        'internal',
        `Lance could not read the rows: ${native}`,
        'Try again; the engine log has the details.',
      )
  }
}

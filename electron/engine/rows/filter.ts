import { AppError } from '#shared/errors.ts'
import { tokensOf } from './filter-position.ts'

/**
 * The filter to hand to Lance; an empty or blank one means none. Lance reads up to the first semicolon and silently
 * drops the rest, so a filter of several statements is refused.
 */
export function toFilter(text: string | undefined): string | undefined {
  if (text === undefined || text.trim() === '') return undefined
  if (!text.includes(';')) return text
  const tokens = tokensOf(text)
  const semicolon = tokens.findIndex((token) => token.text === ';' && !token.isQuoted)
  if (semicolon === -1 || semicolon === tokens.length - 1) return text
  throw new AppError({
    code: 'invalid-filter',
    message: 'A filter is one condition; what follows the semicolon would be ignored.',
    hint: 'Remove the semicolon and what follows, or join the conditions with and.',
    detail: { token: ';' },
  })
}

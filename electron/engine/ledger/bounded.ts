import type { ErrorValue } from '#shared/errors.ts'

/** Longest JSON of a forecast, a result or the detail of an error that is kept, in characters. */
const MAX_VALUE = 16 * 1024
const MAX_TEXT = 1000

/** A value as plain JSON; one that is too long is replaced by how long it was, one that is no JSON by that fact. */
export function boundedValue(value: unknown): unknown {
  if (value === undefined) return undefined
  let text: string | undefined
  try {
    text = JSON.stringify(value, (_key, part: unknown) =>
      typeof part === 'bigint' ? String(part) : part instanceof Uint8Array ? { bytes: part.length } : part,
    )
  } catch {
    return { notKept: 'It is not plain JSON.' }
  }
  if (text === undefined) return undefined
  if (text.length > MAX_VALUE) return { notKept: `It has ${text.length} characters, more than the ledger keeps.` }
  return JSON.parse(text) as unknown
}

export function boundedText(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text
}

export function boundedError({ code, message, hint, detail }: ErrorValue): ErrorValue {
  const kept = boundedValue(detail)
  return {
    code,
    message: boundedText(message),
    ...(hint === undefined ? {} : { hint: boundedText(hint) }),
    ...(kept === undefined ? {} : { detail: kept }),
  }
}

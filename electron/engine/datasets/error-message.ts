import { toErrorValue } from '#shared/errors.ts'

/** The sentence for people of whatever was thrown. */
export function errorMessage(error: unknown): string {
  return toErrorValue(error).message
}

import { AppError } from '#shared/errors.ts'

/** The one failure of this folder: bytes that are not what the format says. The reason is a clause without a full stop. */
export function corrupt(reason: string): AppError {
  return new AppError({ code: 'corrupt-manifest', message: `The manifest is damaged: ${reason}.` })
}

/**
 * Runs a decoder of another kind of file than a manifest, so that its failures name that kind: `corrupt-data`, "The
 * deletion file is damaged: …". A DataView refuses to read outside of itself with a RangeError: that is damage too.
 */
export function damageOf<Result>(what: string, decode: () => Result): Result {
  try {
    return decode()
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === undefined) throw error
    const message = `The ${what} is damaged: ${reason}.`
    throw new AppError({ code: 'corrupt-data', message, hint: 'Restore the file from a backup.' }, { cause: error })
  }
}

function reasonOf(error: unknown): string | undefined {
  if (error instanceof AppError) return /^The manifest is damaged: (.*)\.$/s.exec(error.message)?.[1]
  return error instanceof RangeError ? 'it points outside itself' : undefined
}

import { AppError, type ErrorCode } from '#shared/errors.ts'

/** A refusal before anything was changed. */
export function refuse(code: ErrorCode, message: string, hint: string, detail?: object): AppError {
  return new AppError({ code, message, hint, ...(detail === undefined ? {} : { detail }) })
}

export function lengthsDiffer(target: string, dimension: number, title: string, made: number): AppError {
  return refuse(
    'invalid-vector',
    `"${title}" makes vectors of ${made} numbers, and those of "${target}" have ${dimension}.`,
    'Name a new column for them: a migration fills it beside the old one.',
    { column: target, dimension, made },
  )
}

import { AppError } from '#shared/errors.ts'
import { formatCount } from '#shared/model/format.ts'

/** Something in the file keeps all of it from being read. */
export function unreadable(name: string, why: string, hint?: string): AppError {
  return new AppError({
    code: 'unreadable-source',
    message: `"${name}" cannot be read: ${why}`,
    hint: hint ?? 'Check that the file is complete and of the kind its name says.',
    detail: { name },
  })
}

/** A row or value larger than one is allowed to be. `line` is 1-based. */
export function rowTooLarge(name: string, line: number, limitBytes: number): AppError {
  return new AppError({
    code: 'too-large',
    message: `Line ${formatCount(line)} of "${name}" is longer than ${limitBytes / 1024 ** 2} MB, the most a row may have.`,
    hint: 'Check that the file is a table and that its delimiter, quotes and line ends are what they were taken for.',
    detail: { name, line },
  })
}

export function badPlan(message: string, hint = 'Correct the plan of the import.'): AppError {
  return new AppError({ code: 'invalid-input', message, hint })
}

import { AppError } from '#shared/errors.ts'

const ANOTHER = 'The other files are imported. Repair or replace this one and drop it again.'

/** A file that cannot be read as what it is. `why` follows its name in the sentence: `has no text`. */
export function unreadable(name: string, why: string, hint: string = ANOTHER, cause?: unknown): AppError {
  return new AppError({ code: 'unreadable-source', message: `"${name}" ${why}.`, hint, detail: { name } }, { cause })
}

/**
 * A file that left the parser of its kind in a state in which it must not read another: the thread is given up once it has
 * said so.
 */
export function brokeParser(name: string, why: string, cause?: unknown): AppError {
  const detail = { name, endsThread: true }
  return new AppError({ code: 'unreadable-source', message: `"${name}" ${why}.`, hint: ANOTHER, detail }, { cause })
}

/** Whether an error is one of {@link brokeParser}, also behind the thread's door. */
export function endsThread({ detail }: AppError): boolean {
  return typeof detail === 'object' && detail !== null && 'endsThread' in detail && detail.endsThread === true
}

/** A file beyond a bound that keeps the parser's memory and time small. `what` completes the sentence. */
export function tooLarge(name: string, what: string, hint = 'Split it, or leave it out.'): AppError {
  return new AppError({ code: 'too-large', message: `"${name}" ${what}.`, hint, detail: { name } })
}

export function isProtected(name: string, what: string): AppError {
  return unreadable(name, `is protected: ${what}`, 'Save a copy without the protection and drop that.')
}

/** Turns whatever reading a file threw into an error that names it; errors of ours stay as they are. */
export function toReadError(error: unknown, name: string, kind: string): AppError {
  if (error instanceof AppError) return error
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') {
    return new AppError({ code: 'not-found', message: `"${name}" is not there any more.`, hint: 'Drop it again.' })
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new AppError({
      code: 'permission-denied',
      message: `"${name}" may not be read.`,
      hint: 'Give your account the right to read it, and drop it again.',
    })
  }
  if (error instanceof RangeError && error.message.includes('call stack')) {
    return unreadable(name, `is nested too deeply to be read as ${kind}`, ANOTHER, error)
  }
  const said = error instanceof Error ? firstLine(error.message) : ''
  const because = said === '' ? '' : ` (${said})`
  return unreadable(name, `cannot be read as ${kind}; it seems to be damaged or incomplete${because}`, ANOTHER, error)
}

/** Libraries add places and dumps on further lines. */
function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').replaceAll(/\s+/g, ' ').trim().slice(0, 200)
}

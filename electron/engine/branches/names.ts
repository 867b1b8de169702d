import { AppError } from '#shared/errors.ts'

const RULE =
  'A branch name has parts of ASCII letters, digits, ".", "-" and "_" with "/" between them, no "..", not ".lock" at the end, and is not "main".'

/** A part of a name becomes a folder; Lance adds up to 40 characters to file names. */
const MAX_CHARACTERS = 200

/**
 * Folders a branch keeps its own files in. `a/data` would lie among the files of branch `a`, and deleting it would take
 * those along.
 */
const FOLDERS = new Set(['data', '_versions', '_transactions', '_deletions', '_indices', '_refs', '_mem_wal', 'tree'])

/**
 * Throws `invalid-name` for a name Lance refuses (`check_valid_branch`; it would leave a folder behind), letters beyond
 * ASCII, and names that would mix the files of two branches.
 */
export function checkBranchName(name: string): void {
  const parts = name.split('/')
  const isValid =
    parts.every(isPart) &&
    name.length <= MAX_CHARACTERS &&
    !name.includes('..') &&
    !name.endsWith('.lock') &&
    name !== 'main'
  if (!isValid) throw invalid(name, RULE)
  const folder = parts.slice(1).find((part) => FOLDERS.has(part))
  if (folder !== undefined) throw invalid(name, `A part after "/" may not be "${folder}": branches keep files there.`)
}

function isPart(part: string): boolean {
  return /^[A-Za-z0-9._-]+$/.test(part) && !/^\.+$/.test(part)
}

function invalid(name: string, hint: string): AppError {
  return new AppError({
    code: 'invalid-name',
    message: `"${name.slice(0, 100)}" cannot be the name of a branch.`,
    hint,
    detail: { name: name.slice(0, 100) },
  })
}

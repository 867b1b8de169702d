import { AppError } from '#shared/errors.ts'
import { branchNameProblem, tagNameProblem } from '#shared/model/ref-name.ts'

/** Throws `invalid-name` unless a tag may be called this. */
export function checkTagName(name: string): void {
  check('tag', name, tagNameProblem(name))
}

/** Throws `invalid-name` unless a branch may be called this. */
export function checkBranchName(name: string): void {
  check('branch', name, branchNameProblem(name))
}

function check(kind: 'tag' | 'branch', name: string, problem: string | undefined): void {
  if (problem === undefined) return
  const shown = name.slice(0, 100)
  throw new AppError({
    code: 'invalid-name',
    message: `"${shown}" cannot be the name of a ${kind}.`,
    hint: problem,
    detail: { name: shown },
  })
}

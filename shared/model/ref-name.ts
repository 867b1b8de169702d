/**
 * Rules for names of tags and branches. Lance takes more than it can live with: a tag with a letter beyond ASCII is
 * accepted and makes every later listing fail, a branch with a space leaves an orphan folder behind. So both sides check
 * before anything is asked of it.
 */
const LETTERS = /^[A-Za-z0-9._-]+$/

/** What is wrong with a tag's name, as a sentence; undefined when it is a good name. */
export function tagNameProblem(name: string): string | undefined {
  return name === '' ? 'A tag needs a name.' : partProblem(name)
}

/** What is wrong with a branch's name, as a sentence; undefined when it is a good name. `/` makes groups. */
export function branchNameProblem(name: string): string | undefined {
  if (name === '') return 'A branch needs a name.'
  if (name === 'main') return 'main is the name of the branch every dataset begins with.'
  if (name.startsWith('/') || name.endsWith('/')) return 'A name does not begin or end with a slash.'
  if (name.includes('//')) return 'Two slashes in a row leave a part without a name.'
  for (const part of name.split('/')) {
    const problem = partProblem(part)
    if (problem !== undefined) return problem
  }
  return undefined
}

function partProblem(part: string): string | undefined {
  if (!LETTERS.test(part)) {
    const bad = [...part].find((letter) => !LETTERS.test(letter)) ?? ''
    return `${bad === ' ' ? 'A space' : `“${bad}”`} is not allowed: letters A–Z and a–z, digits, dot, underscore and hyphen are.`
  }
  if (part.startsWith('.')) return 'A name does not begin with a dot.'
  if (part.endsWith('.')) return 'A name does not end with a dot.'
  if (part.includes('..')) return 'Two dots in a row are not allowed.'
  return part.endsWith('.lock') ? 'A name does not end with “.lock”.' : undefined
}

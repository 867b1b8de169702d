/*
 * The rules for names of tags and branches: Lance's own (`check_valid_tag`, `check_valid_branch`), and those for names
 * Lance takes and cannot live with. A tag with a letter beyond ASCII makes every later listing fail, a branch with a space
 * leaves a folder behind.
 */
const LETTERS = /^[A-Za-z0-9._-]+$/
/** File names may have 255 bytes, and Lance adds up to 40 characters to one: `{name}.json.tmp.` and 34 more. */
const MAX_CHARACTERS = 200
/** Folders a branch keeps its own files in: `a/data` would lie among the files of branch `a`, and be deleted with it. */
const FOLDERS = ['data', '_versions', '_transactions', '_deletions', '_indices', '_refs', '_mem_wal', 'tree']

/** What is wrong with a tag's name, as a sentence for somebody typing one; undefined when it is a good name. */
export function tagNameProblem(name: string): string | undefined {
  if (name === '') return 'A tag needs a name.'
  if (!LETTERS.test(name)) return lettersProblem(name)
  if (name.startsWith('.')) return 'A name does not begin with a dot.'
  if (name.endsWith('.')) return 'A name does not end with a dot.'
  return wholeProblem(name)
}

/** What is wrong with a branch's name; undefined when it is a good name. `/` makes groups. */
export function branchNameProblem(name: string): string | undefined {
  if (name === '') return 'A branch needs a name.'
  if (name === 'main') return 'main is the name of the branch every dataset begins with.'
  if (name.startsWith('/') || name.endsWith('/')) return 'A name does not begin or end with a slash.'
  if (name.includes('//')) return 'Two slashes in a row leave a part without a name.'
  const parts = name.split('/')
  const bad = parts.find((part) => !LETTERS.test(part))
  if (bad !== undefined) return lettersProblem(bad)
  if (parts.includes('.')) return 'A part of a name is more than a dot.'
  const folder = parts.slice(1).find((part) => FOLDERS.includes(part))
  if (folder !== undefined) return `A part after a slash may not be “${folder}”: branches keep files there.`
  return wholeProblem(name)
}

function lettersProblem(text: string): string {
  const bad = [...text].find((letter) => !LETTERS.test(letter)) ?? ''
  return `${bad === ' ' ? 'A space' : `“${bad}”`} is not allowed: letters A–Z and a–z, digits, dot, underscore and hyphen are.`
}

function wholeProblem(name: string): string | undefined {
  if (name.includes('..')) return 'Two dots in a row are not allowed.'
  if (name.endsWith('.lock')) return 'A name does not end with “.lock”.'
  return name.length > MAX_CHARACTERS ? `A name has at most ${MAX_CHARACTERS} characters.` : undefined
}

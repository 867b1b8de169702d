/** True for names Lance could have made a folder of; anything else (climbing, empty parts) names no branch. */
export function isBranchName(name: string): boolean {
  return name.split('/').every((part) => /^[A-Za-z0-9._-]+$/.test(part) && part !== '.' && part !== '..')
}

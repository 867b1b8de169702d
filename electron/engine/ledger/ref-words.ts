import type { Ref } from '#shared/model/ref.ts'

/** A state in a title: `version 3 of exp`. */
export function refWords(ref: Ref | undefined): string {
  if (ref === undefined) return 'the newest version'
  if ('tag' in ref && ref.tag !== undefined) return `tag ${ref.tag}`
  const version = 'version' in ref && ref.version !== undefined ? `version ${ref.version}` : 'the newest version'
  const branch = 'branch' in ref && ref.branch !== undefined ? ` of ${ref.branch}` : ''
  return `${version}${branch}`
}

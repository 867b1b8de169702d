import { AppError } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import type { IndexEntry } from '#shared/model/index-entry.ts'
import { closeMatches } from '../lance/index.ts'

/** The index of a name; `index-not-found` with names like it otherwise. */
export function requireIndex<Index extends { readonly name: string }>(indices: readonly Index[], name: string): Index {
  const found = indices.find((index) => index.name === name)
  if (found !== undefined) return found
  const names = indices.map((index) => index.name)
  const similar = closeMatches(name, names)
  const known =
    names.length === 0
      ? 'The version has no indices.'
      : `There ${names.length === 1 ? 'is' : 'are'} ${formatNoun(names.length, 'index', 'indices')}; list them.`
  throw new AppError({
    code: 'index-not-found',
    message: `There is no index "${name}" in this version.`,
    hint: similar.length > 0 ? `Did you mean ${similar.map((it) => `"${it}"`).join(' or ')}?` : known,
    detail: { index: name },
  })
}

/** Refuses what people must not do to the indices Lance keeps for itself. */
export function refuseSystem({ name, kind }: IndexEntry): void {
  if (kind !== 'system') return
  throw new AppError({
    code: 'invalid-input',
    message: `Lance keeps "${name}" for itself; without it the dataset may not be readable as it is.`,
    hint: 'Leave it alone.',
    detail: { index: name },
  })
}

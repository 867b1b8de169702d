import type { ErrorValue } from '#shared/errors.ts'
import type { NamedDataFile } from './named-files.ts'
import type { KnownVersion, Survey } from './survey.ts'

/**
 * The files a failed reading of a fragment is about: those Lance named; else, with some columns failing and others not,
 * those that hold the failing ones; else all of the fragment, its deletion file and its large values included.
 */
export function blamedFiles(
  survey: Survey,
  of: KnownVersion,
  fragment: number,
  files: readonly NamedDataFile[],
  errors: readonly ErrorValue[],
  columns: readonly string[],
  isBlobs: boolean,
): readonly string[] {
  const texts = errors.map((error) => JSON.stringify(error))
  const blobs = isBlobs ? blobsOf(survey, files) : []
  const deletions = survey.files.deletions.filter((it) => it.fragment === fragment && it.line === of.line)
  const candidates = [...files.map(({ shown }) => shown), ...deletions.map(({ shown }) => shown), ...blobs]
  const named = candidates.filter((path) => texts.some((text) => text.includes(path.split('/').slice(-2).join('/'))))
  if (named.length > 0) return named
  const missing = texts.flatMap(
    (text) => /(?:data|_deletions)\/[\w./-]+\.(?:lance|blob|arrow|bin)/.exec(text)?.[0] ?? [],
  )
  if (missing.length > 0) return [...new Set(missing)]
  // Where a large value lies is said in the data file: either may be the damaged one.
  if (isBlobs) return [...blobs, ...files.map(({ shown }) => shown)]
  const held = filesOfColumns(survey, of, files, columns)
  return held.length > 0 ? held : files.map(({ shown }) => shown)
}

function blobsOf({ sizes }: Survey, files: readonly NamedDataFile[]): readonly string[] {
  const folders = files.map(({ shown }) => `${shown.replace(/\.lance$/, '')}/`)
  return [...sizes.keys()].filter((path) => folders.some((folder) => path.startsWith(folder)))
}

function filesOfColumns(
  { newest }: Survey,
  { line }: KnownVersion,
  files: readonly NamedDataFile[],
  columns: readonly string[],
): readonly string[] {
  const schema = newest.get(line)?.schema ?? []
  const wanted = new Set(schema.filter(({ name }) => columns.includes(name)).flatMap(fieldIds))
  return files.filter(({ fields }) => fields.some((id) => wanted.has(id))).map(({ shown }) => shown)
}

function fieldIds({
  id,
  children,
}: {
  readonly id: number
  readonly children: readonly never[] | readonly unknown[]
}): readonly number[] {
  return [id, ...(children as readonly Parameters<typeof fieldIds>[0][]).flatMap(fieldIds)]
}

import { tmpdir } from 'node:os'
import type { ErrorValue } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'

/** What Lance says is cut to this many characters. */
const MAX_NATIVE = 200
/** Columns named one by one where several fail alike. */
const MAX_NAMES = 3

/** Where a text about a version comes from. */
export interface TextPlace {
  readonly dataDir: string
  readonly location: string
  /** Folder of the branch, from the dataset's root; empty = main. */
  readonly lineFolder: string
}

/**
 * A text with names of files from the dataset's root, as everywhere else. Lance names them by the links of this app it was
 * made to open them through, with or without a leading slash; where in Lance's source it happened is left out.
 */
export function toOwnNames(text: string, { dataDir, location, lineFolder }: TextPlace): string {
  const links = [
    `${oneOf(dataDir)}[/\\\\](?:links|doctor[/\\\\]shadows)[/\\\\][^/\\\\]+[/\\\\](?:[^/\\\\]+\\.lance[/\\\\])?`,
    `${oneOf(tmpdir())}[/\\\\]tiltyard-links-[^/\\\\]+[/\\\\](?:[^/\\\\]+[/\\\\])?[^/\\\\]+\\.lance[/\\\\]`,
  ].join('|')
  const prefix = lineFolder === '' ? '' : `${lineFolder}/`
  return text
    .replaceAll(new RegExp(`(?:file://)?[/\\\\]?(?:${links})`, 'g'), () => prefix)
    .replaceAll(new RegExp(`(?:file://)?[/\\\\]?${oneOf(location)}[/\\\\]`, 'g'), '')
    .replaceAll(/,? ?\/rustc\/[\w./-]+(?::\d+)*/g, '')
}

/** An error of Lance as a sentence, and what it said itself where the sentence leaves that out. */
export function sentenceOf({ message, detail }: ErrorValue, place: TextPlace): string {
  const sentence = toOwnNames(message, place)
  const raw = typeof detail === 'object' && detail !== null && 'native' in detail ? detail.native : undefined
  const native = typeof raw === 'string' ? toOwnNames(raw, place).slice(0, MAX_NATIVE) : ''
  const told = native.replace(/^Not found: /, '')
  return native === '' || sentence.includes(told) ? sentence : `${sentence} (Lance: ${native})`
}

/** How reading some columns by themselves ended. */
export interface ColumnFailure {
  readonly name: string
  readonly text: string
}

/**
 * Lines about a fragment that failed as a whole, and about its columns one by one: those that say the same are one line.
 * `columns` is how many the fragment has.
 */
export function columnLines(whole: string, failures: readonly ColumnFailure[], columns: number): readonly string[] {
  const byText = new Map<string, string[]>()
  for (const { name, text } of failures) byText.set(text, [...(byText.get(text) ?? []), name])
  const lines = [...byText].map(([text, names]) => `${nameColumns(names, columns)}: ${text}`)
  // Of what a column says already, reading all of them tells nothing more.
  return byText.has(whole) ? lines : [`All columns at once: ${whole}`, ...lines]
}

function nameColumns(names: readonly string[], columns: number): string {
  const [first] = names
  if (names.length === 1) return `Column ${first ?? ''}`
  if (names.length === columns) return 'Every column'
  const more = names.length - MAX_NAMES
  if (more <= 0) return `Columns ${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
  return `Columns ${names.slice(0, MAX_NAMES).join(', ')} and ${formatNoun(more, 'more column')}`
}

/** A path as it is written, with a leading slash or without, in this system's and in a URL's letters. */
function oneOf(path: string): string {
  const plain = path.replace(/^[/\\]+/, '').replace(/[/\\]+$/, '')
  const spellings = new Set([plain, plain.replaceAll('\\', '/'), encodeURI(plain.replaceAll('\\', '/'))])
  return `(?:${[...spellings].map((one) => one.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`
}

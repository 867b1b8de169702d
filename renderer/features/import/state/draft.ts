import { type Chunking, DEFAULT_CHUNKING } from '#shared/model/import/documents.ts'
import type { SourceFamily, SourceItem } from '#shared/model/import/source.ts'
import type { ImportSpec, WriteMode } from '#shared/model/import/spec.ts'
import type { BadRowPolicy, ImportType, ShortRows } from '#shared/model/import/tables.ts'

/** Files, folders and finished uploads an import reads. */
export interface Sources {
  readonly paths: readonly string[]
  readonly uploads: readonly string[]
}

/** What was decided of one column; absent = as detected. */
export interface ColumnEdit {
  readonly name?: string
  readonly type?: ImportType
  readonly skip?: boolean
  /** As typed, see {@link import('./tokens.ts')}. */
  readonly nullTokens?: string
  readonly dateFormat?: string
}

/** How tables are read, as the fields hold it; empty = detected. */
export interface ReadingDraft {
  readonly delimiter: string
  /** A character, or `none`. */
  readonly quote: string
  readonly comment: string
  readonly shortRows: '' | ShortRows
  readonly hasHeader: '' | 'yes' | 'no'
  readonly encoding: string
  readonly skipLines: string
  readonly sheet: string
  readonly records: string
}

export interface TargetDraft {
  readonly kind: 'new' | 'existing'
  /** Of a new dataset: the folder it goes into and its name. */
  readonly folder: string
  readonly name: string
  /** Of an existing one. */
  readonly location: string
  readonly mode: WriteMode
  readonly key: readonly string[]
  /** Column of the dataset to column of the rows; null = left null. */
  readonly mapping: Readonly<Record<string, string | null>>
  readonly gone: 'keep' | 'delete'
}

export interface DuplicatesDraft {
  readonly isOn: boolean
  readonly by: 'content' | 'columns'
  readonly columns: readonly string[]
  readonly keep: 'first' | 'last' | 'error'
}

export interface EmbedDraft {
  readonly isOn: boolean
  readonly embedder: string
  readonly source: string
  readonly target: string
}

/** An import under review, as its fields hold it: nothing in it needs to be valid. */
export interface Draft {
  readonly sources: Sources
  readonly family: SourceFamily
  /** Names (`SourceItem.name`) left out. */
  readonly excluded: ReadonlySet<string>
  readonly chunking: Omit<Chunking, 'size' | 'overlap'> & { readonly size: string; readonly overlap: string }
  readonly keepRaw: boolean
  readonly thumbnails: boolean
  /** Comma-separated. */
  readonly tags: string
  /** JSON. */
  readonly metadata: string
  readonly reading: ReadingDraft
  readonly columns: Readonly<Record<string, ColumnEdit>>
  /** As typed; null = the usual ones. */
  readonly nullTokens: string | null
  readonly badRows: BadRowPolicy
  readonly target: TargetDraft
  readonly duplicates: DuplicatesDraft
  readonly embed: EmbedDraft
  readonly compactAtEnd: boolean
}

/** A quote or comment mark there is none of. */
export const NO_MARK = 'none'

export const DETECTED: ReadingDraft = {
  delimiter: '',
  quote: '',
  comment: '',
  shortRows: '',
  hasHeader: '',
  encoding: '',
  skipLines: '',
  sheet: '',
  records: '',
}

export const BUILT_IN_EMBEDDER = 'built-in'

/** Where an import goes unless something else is said. */
export interface Destination {
  /** Folder of a new dataset. */
  readonly folder: string
  /** An existing dataset it was asked for. */
  readonly into?: string | undefined
}

/** The family most of the files belong to; documents where there is nothing. */
export function mainFamily(items: readonly Pick<SourceItem, 'family'>[]): SourceFamily {
  const count = { documents: 0, tables: 0, media: 0 }
  for (const { family } of items) count[family]++
  const [main] = (['documents', 'tables', 'media'] as const).toSorted((a, b) => count[b] - count[a])
  return main ?? 'documents'
}

/** A new import of what was found: documents are cut, embedded and searchable without a further word. */
export function createDraft(sources: Sources, items: readonly SourceItem[], to: Destination): Draft {
  const family = mainFamily(items)
  return {
    sources,
    family,
    excluded: new Set(),
    chunking: { ...DEFAULT_CHUNKING, size: String(DEFAULT_CHUNKING.size), overlap: String(DEFAULT_CHUNKING.overlap) },
    keepRaw: false,
    thumbnails: true,
    tags: '',
    metadata: '',
    reading: DETECTED,
    columns: {},
    nullTokens: null,
    badRows: 'reject',
    target: {
      kind: to.into === undefined ? 'new' : 'existing',
      folder: to.folder,
      name: nameFor(items.filter((item) => item.family === family)),
      location: to.into ?? '',
      mode: 'append',
      key: [],
      mapping: {},
      gone: 'keep',
    },
    duplicates: { isOn: false, by: 'content', columns: [], keep: 'first' },
    embed: embedOf(family),
    compactAtEnd: true,
  }
}

/** The same sources as an import of another family. What does not fit it starts anew. */
export function withFamily(draft: Draft, family: SourceFamily, items: readonly SourceItem[]): Draft {
  if (draft.family === family) return draft
  const name = nameFor(items.filter((item) => item.family === family))
  return {
    ...draft,
    family,
    columns: {},
    embed: embedOf(family),
    target: { ...draft.target, name, key: [], mapping: {} },
    duplicates: { ...draft.duplicates, by: 'content', columns: [] },
  }
}

function embedOf(family: SourceFamily): EmbedDraft {
  const isDocuments = family === 'documents'
  return { isOn: isDocuments, embedder: BUILT_IN_EMBEDDER, source: isDocuments ? 'content' : '', target: 'vector' }
}

/** A name for a dataset of these items: the folder they share, or the one file's own. */
export function nameFor(items: readonly Pick<SourceItem, 'name' | 'family'>[]): string {
  const [first] = items
  if (first === undefined) return 'imported'
  const top = first.name.split('/')[0] ?? ''
  const isShared = first.name.includes('/') && items.every(({ name }) => name.startsWith(`${top}/`))
  const base = isShared
    ? top
    : items.length === 1
      ? (first.name.split('/').at(-1) ?? '').replace(/(\.\w{1,8})+$/, '')
      : ''
  const safe = base.replaceAll(/[^\w.-]+/g, '-').replace(/^[.-]+|[.-]+$/g, '')
  return safe === '' ? first.family : safe.slice(0, 60)
}

/** A draft that says what a spec says. `base` fills what the spec is silent about. */
export function draftOf(spec: ImportSpec, base: Draft): Draft {
  const { sources, rows, target, duplicates, embed } = spec
  const shared: Draft = {
    ...base,
    sources: { paths: sources.paths ?? [], uploads: sources.uploads ?? [] },
    excluded: new Set(sources.exclude),
    family: rows.kind,
    columns: {},
    target:
      target.kind === 'new'
        ? { ...base.target, kind: 'new', ...splitLocation(target.location) }
        : {
            ...base.target,
            kind: 'existing',
            location: target.location,
            mode: target.mode,
            key: target.key ?? [],
            mapping: target.mapping ?? {},
            gone: target.gone ?? 'keep',
          },
    duplicates: {
      isOn: duplicates !== undefined,
      by: duplicates === undefined || duplicates.by === 'content' ? 'content' : 'columns',
      columns: duplicates === undefined || duplicates.by === 'content' ? [] : duplicates.by,
      keep: duplicates?.keep ?? 'first',
    },
    embed: embed === undefined ? { ...embedOf(rows.kind), isOn: false } : { isOn: true, ...embed },
    compactAtEnd: spec.compactAtEnd ?? false,
  }
  if (rows.kind === 'tables') {
    const { reading, columns = [], nullTokens, badRows } = rows
    return {
      ...shared,
      badRows,
      nullTokens: nullTokens === undefined ? null : formatTokens(nullTokens),
      reading: {
        ...DETECTED,
        ...definedOf({
          delimiter: reading.delimiter,
          quote: reading.quote === '' ? NO_MARK : reading.quote,
          comment: reading.comment === '' ? NO_MARK : reading.comment,
          shortRows: reading.shortRows,
          encoding: reading.encoding,
          sheet: reading.sheet,
          records: reading.records,
        }),
        skipLines: reading.skipLines === undefined ? '' : String(reading.skipLines),
        hasHeader: reading.hasHeader === undefined ? '' : reading.hasHeader ? 'yes' : 'no',
      },
      columns: Object.fromEntries(
        columns.map(({ source, nullTokens: tokens, ...plan }) => [
          source,
          { ...definedOf(plan), ...(tokens === undefined ? {} : { nullTokens: formatTokens(tokens) }) },
        ]),
      ),
    }
  }
  const common = { ...shared, tags: rows.tags.join(', '), metadata: formatMetadata(rows.metadata) }
  if (rows.kind === 'media') return { ...common, thumbnails: rows.thumbnails }
  const { chunking, keepRaw } = rows
  const { size, overlap } = chunking
  return { ...common, keepRaw, chunking: { ...chunking, size: String(size), overlap: String(overlap) } }
}

function formatMetadata(metadata: Readonly<Record<string, unknown>>): string {
  return Object.keys(metadata).length === 0 ? '' : JSON.stringify(metadata, null, 2)
}

function splitLocation(location: string): { readonly folder: string; readonly name: string } {
  const cut = Math.max(location.lastIndexOf('/'), location.lastIndexOf('\\'))
  return { folder: location.slice(0, Math.max(cut, 1)), name: location.slice(cut + 1).replace(/\.lance$/, '') }
}

function definedOf<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as never
}

/** Tokens as a field shows them: comma-separated, in quotes where they are empty or hold a comma or a space at an end. */
export function formatTokens(tokens: readonly string[]): string {
  return tokens.map((token) => (/^$|^\s|\s$|[,"]/.test(token) ? JSON.stringify(token) : token)).join(', ')
}

/** The tokens of a field; undefined where a quote does not close. */
export function parseTokens(text: string): readonly string[] | undefined {
  const tokens: string[] = []
  let rest = text.trim()
  while (rest !== '') {
    const [quoted] = /^"(?:[^"\\]|\\.)*"/.exec(rest) ?? []
    if (rest.startsWith('"') && quoted === undefined) return undefined
    const [plain = ''] = quoted === undefined ? (/^[^,]*/.exec(rest) ?? []) : [quoted]
    try {
      tokens.push(quoted === undefined ? plain.trim() : (JSON.parse(plain) as string))
    } catch {
      return undefined
    }
    rest = rest.slice(plain.length).trim()
    if (rest === '') break
    if (!rest.startsWith(',')) return undefined
    rest = rest.slice(1).trim()
  }
  return tokens
}

import type { Chunking } from '#shared/model/import/documents.ts'
import type { Duplicates, EmbedPlan, ImportSpec, ImportTarget } from '#shared/model/import/spec.ts'
import {
  type ColumnPlan,
  DEFAULT_NULL_TOKENS,
  type DetectedColumn,
  type TableReading,
} from '#shared/model/import/tables.ts'
import { datasetNameProblem } from '#renderer/features/datasets/index.ts'
import { typeToRead, type WantedTypes } from './wanted-types.ts'
import { type ColumnEdit, type Draft, NO_MARK, parseTokens, type ReadingDraft } from './draft.ts'

/** The spec a draft makes, or what is still wrong with it, by field. */
export type SpecResult =
  | { readonly kind: 'spec'; readonly spec: ImportSpec }
  | { readonly kind: 'problems'; readonly problems: readonly FieldProblem[] }

export interface FieldProblem {
  readonly field:
    'size' | 'overlap' | 'metadata' | 'reading' | 'columns' | 'nullTokens' | 'target' | 'duplicates' | 'embed'
  readonly message: string
}

/** Thrown inside this file only, and turned into a problem. */
class Wrong extends Error {
  readonly field: FieldProblem['field']

  constructor(field: FieldProblem['field'], message: string) {
    super(message)
    this.field = field
  }
}

/**
 * `detected` are the columns of a table as they were found: once one of them is changed, the spec names all of them, those
 * the dataset has in its type.
 */
export function toSpec(
  draft: Draft,
  detected: readonly DetectedColumn[] = [],
  wanted: WantedTypes = new Map(),
): SpecResult {
  const problems: FieldProblem[] = []
  const part = <T>(make: () => T): T | undefined => {
    try {
      return make()
    } catch (error) {
      if (!(error instanceof Wrong)) throw error
      problems.push({ field: error.field, message: error.message })
      return undefined
    }
  }
  const rows = part(() => toRows(draft, detected, wanted))
  const target = part(() => toTarget(draft))
  const duplicates = part(() => toDuplicates(draft))
  const embed = part(() => toEmbed(draft))
  if (rows === undefined || target === undefined || problems.length > 0) return { kind: 'problems', problems }
  const { paths, uploads } = draft.sources
  const spec: ImportSpec = {
    version: 1,
    sources: {
      ...(paths.length === 0 ? {} : { paths }),
      ...(uploads.length === 0 ? {} : { uploads }),
      ...(draft.excluded.size === 0 ? {} : { exclude: [...draft.excluded] }),
    },
    rows,
    target,
    ...(duplicates === undefined ? {} : { duplicates }),
    ...(embed === undefined ? {} : { embed }),
    ...(draft.compactAtEnd ? { compactAtEnd: true } : {}),
  }
  return { kind: 'spec', spec }
}

function toRows(draft: Draft, detected: readonly DetectedColumn[], wanted: WantedTypes): ImportSpec['rows'] {
  if (draft.family === 'tables') {
    const nullTokens = draft.nullTokens === null ? undefined : tokensOf(draft.nullTokens, 'nullTokens')
    const columns = toColumns(draft, detected, wanted)
    return {
      kind: 'tables',
      reading: toReading(draft.reading),
      ...(columns === undefined ? {} : { columns }),
      ...(nullTokens === undefined ? {} : { nullTokens }),
      badRows: draft.badRows,
    }
  }
  const tags = [...new Set(draft.tags.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '')
  const metadata = toMetadata(draft.metadata)
  if (draft.family === 'media') return { kind: 'media', thumbnails: draft.thumbnails, tags, metadata }
  return { kind: 'documents', chunking: toChunking(draft.chunking), keepRaw: draft.keepRaw, tags, metadata }
}

function toChunking({ by, unit, size, overlap }: Draft['chunking']): Chunking {
  const whole = wholeOf(size, 16, 1_000_000)
  if (whole === undefined) throw new Wrong('size', 'A chunk has 16 to 1,000,000 tokens or characters.')
  const shared = wholeOf(overlap, 0, 500_000)
  if (shared === undefined) throw new Wrong('overlap', 'The overlap is a whole number, 0 for none.')
  if (shared >= whole) throw new Wrong('overlap', 'The overlap has to be smaller than the chunk.')
  return { by, unit, size: whole, overlap: shared }
}

function toMetadata(text: string): Record<string, unknown> {
  if (text.trim() === '') return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Wrong('metadata', `The metadata is not JSON: ${error instanceof Error ? error.message : ''}`)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new Wrong('metadata', 'The metadata has to be a JSON object, such as {"team": "search"}.')
}

function toReading(draft: ReadingDraft): TableReading {
  const { delimiter, quote, comment, shortRows, hasHeader, encoding, sheet, records } = draft
  const lines = draft.skipLines === '' ? undefined : wholeOf(draft.skipLines, 0, 1_000_000)
  if (draft.skipLines !== '' && lines === undefined) throw new Wrong('reading', 'Lines to skip are a whole number.')
  const character = delimiter === '\\t' ? '\t' : delimiter
  if (character.length > 1) throw new Wrong('reading', 'The delimiter is one character; \\t is the tabulator.')
  return {
    ...(character === '' ? {} : { delimiter: character }),
    ...(quote === '' ? {} : { quote: quote === NO_MARK ? '' : quote }),
    ...(comment === '' ? {} : { comment: comment === NO_MARK ? '' : comment }),
    ...(shortRows === '' ? {} : { shortRows }),
    ...(hasHeader === '' ? {} : { hasHeader: hasHeader === 'yes' }),
    ...(encoding === '' ? {} : { encoding }),
    ...(lines === undefined ? {} : { skipLines: lines }),
    ...(sheet === '' ? {} : { sheet }),
    ...(records === '' ? {} : { records }),
  }
}

function toColumns(
  draft: Draft,
  detected: readonly DetectedColumn[],
  wanted: WantedTypes,
): readonly ColumnPlan[] | undefined {
  const edits = draft.columns
  if (Object.keys(edits).length === 0) return undefined
  const usual = draft.nullTokens === null ? DEFAULT_NULL_TOKENS : tokensOf(draft.nullTokens, 'nullTokens')
  // A loaded spec names its columns before anything was detected.
  const found: readonly FoundColumn[] =
    detected.length > 0 ? detected : Object.entries(edits).map(([source, { type = 'string' }]) => ({ source, type }))
  const plans = found.map((column) => toPlan(column, edits[column.source], { usual, wanted }))
  const names = plans.filter((plan) => plan.skip !== true).map((plan) => plan.name ?? plan.source)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new Wrong('columns', `Two columns would be called “${twice}”.`)
  if (names.length === 0) throw new Wrong('columns', 'Every column is skipped.')
  return plans
}

type FoundColumn = Pick<DetectedColumn, 'source' | 'type' | 'dateFormat' | 'nullTokens'>

/** A column as it was changed, and otherwise as it was found: what a plan does not say is not detected again. */
function toPlan(
  found: FoundColumn,
  edit: ColumnEdit = {},
  { usual, wanted }: { readonly usual: readonly string[]; readonly wanted: WantedTypes },
): ColumnPlan {
  const { source } = found
  const name = edit.name ?? defaultName(source)
  if (name === '') throw new Wrong('columns', `The column “${source}” needs a name.`)
  const type = edit.type ?? typeToRead(found, name, wanted)
  const isTime = /^(date|timestamp)$/.test(type)
  const dateFormat = edit.dateFormat === undefined || edit.dateFormat === '' ? found.dateFormat : edit.dateFormat
  const typed = edit.nullTokens?.trim() ?? ''
  const nullTokens =
    typed !== ''
      ? tokensOf(typed, 'columns')
      : found.nullTokens === undefined
        ? undefined
        : [...usual, ...found.nullTokens]
  return {
    source,
    type,
    ...(name === source ? {} : { name }),
    ...(edit.skip === true ? { skip: true } : {}),
    ...(nullTokens === undefined ? {} : { nullTokens }),
    ...(dateFormat === undefined || !isTime ? {} : { dateFormat }),
  }
}

/** What a column is called unless somebody says otherwise: Lance takes neither dots nor backticks. */
export function defaultName(source: string): string {
  return source.trim().replaceAll(/[.`]/g, '_')
}

/** Where the rows go. Throws what is wrong with it. */
function toTarget({ target }: Draft): ImportTarget {
  const { kind, folder, name, mode } = target
  if (kind === 'new') {
    if (folder.trim() === '') throw new Wrong('target', 'Choose the folder of the new dataset.')
    const problem = datasetNameProblem(name)
    if (problem !== undefined) throw new Wrong('target', problem)
    return { kind, location: joinPath(folder.trim(), `${name.replace(/\.lance$/, '')}.lance`) }
  }
  const location = target.location.trim()
  if (location === '') throw new Wrong('target', 'Choose the dataset to import into.')
  if (mode === 'upsert' && target.key.length === 0) {
    throw new Wrong('target', 'Choose the columns that name a row, so that rows of the same key are replaced.')
  }
  return {
    kind,
    location,
    mode,
    ...(mode === 'upsert' ? { key: target.key } : {}),
    ...(Object.keys(target.mapping).length === 0 ? {} : { mapping: target.mapping }),
    ...(mode === 'update' ? { gone: target.gone } : {}),
  }
}

function toDuplicates({ duplicates }: Draft): Duplicates | undefined {
  if (!duplicates.isOn) return undefined
  if (duplicates.by === 'content') return { by: 'content', keep: duplicates.keep }
  if (duplicates.columns.length === 0) throw new Wrong('duplicates', 'Choose the columns duplicates are told by.')
  return { by: duplicates.columns, keep: duplicates.keep }
}

function toEmbed({ embed }: Draft): EmbedPlan | undefined {
  if (!embed.isOn) return undefined
  const { embedder, source, target } = embed
  if (embedder === '') throw new Wrong('embed', 'Choose an embedder.')
  if (source === '') throw new Wrong('embed', 'Choose the text column to make vectors of.')
  if (target.trim() === '') throw new Wrong('embed', 'The vector column needs a name.')
  return { embedder, source, target: target.trim() }
}

function tokensOf(text: string, field: 'nullTokens' | 'columns'): readonly string[] {
  const tokens = parseTokens(text)
  if (tokens === undefined) throw new Wrong(field, 'Values that mean null: separate them by commas, close every quote.')
  return tokens
}

function wholeOf(text: string, least: number, most: number): number | undefined {
  const value = /^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN
  return value >= least && value <= most ? value : undefined
}

/** Joins with the separator the folder is written with. */
export function joinPath(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/'
  return folder.endsWith(separator) ? `${folder}${name}` : `${folder}${separator}${name}`
}

import type { Ref } from '#shared/model/ref.ts'
import type { TextQuery } from '#shared/model/search.ts'
import type { Embedded, EngineQuery } from '../query/embedding.ts'

/** A search as code has to say it. */
export interface SearchCode {
  readonly location: string
  readonly at: Ref
  readonly query: EngineQuery
  /** Where the numbers of the vector come from, when a text was made one. */
  readonly embedded?: Embedded | undefined
  /** Columns the engine chose where the search named none. */
  readonly vectorColumn?: string | undefined
  readonly textColumns?: readonly string[] | undefined
}

/** A string as a literal of both languages. */
export function text(value: string): string {
  return JSON.stringify(value)
}

export function list(values: readonly string[]): string {
  return `[${values.map(text).join(', ')}]`
}

/** The full-text query in the forms both languages have; a plain text over several columns stays one. */
export function textQueryOf({ query, textColumns = [] }: SearchCode): TextQuery | undefined {
  if (query.text === undefined) return undefined
  return typeof query.text === 'string'
    ? withColumns({ kind: 'match', terms: query.text }, textColumns)
    : withColumns(query.text, textColumns)
}

/** Every part with its column, as the engine asks Lance. */
function withColumns(query: TextQuery, columns: readonly string[]): TextQuery {
  switch (query.kind) {
    case 'match':
    case 'phrase': {
      if (query.column !== undefined) return query
      const [only, ...more] = columns
      if (more.length > 0) return { kind: 'boolean', should: columns.map((column) => ({ ...query, column })) }
      return only === undefined ? query : { ...query, column: only }
    }
    case 'multi-match':
      return query
    case 'boost':
      return {
        ...query,
        positive: withColumns(query.positive, columns),
        negative: withColumns(query.negative, columns),
      }
    case 'boolean': {
      const all = (parts: readonly TextQuery[] | undefined) => (parts ?? []).map((part) => withColumns(part, columns))
      return { kind: 'boolean', must: all(query.must), should: all(query.should), mustNot: all(query.mustNot) }
    }
  }
}

/** What code says of numbers that were made of a text: another text needs them made again. Without the comment sign. */
export function embeddedRemarks({ embedded }: SearchCode): readonly string[] {
  if (embedded === undefined) return []
  const { text: made, model } = embedded
  // Two characters end a comment in JavaScript that JSON leaves as they are.
  const line = made.replaceAll(/[\u2028\u2029]/g, ' ')
  const short = line.length > 60 ? `${line.slice(0, 60)}…` : line
  return [
    `The vector of ${text(short)}, made by ${text(model)} in Tiltyard. Another text needs a vector of that model.`,
  ]
}

/** True where weights were changed: LanceDB's own fusion has none. */
export function isWeighted({ query }: SearchCode): boolean {
  const { vectorWeight = 1, textWeight = 1 } = query.params ?? {}
  return vectorWeight !== 1 || textWeight !== 1
}

/** Both bounds of LanceDB before any is set. */
const DEFAULT_PROBES = 20

/** Bounds of probes in an order in which the lower never exceeds the upper one, which LanceDB refuses at once. */
export function probeCalls(
  nprobes: NonNullable<EngineQuery['params']>['nprobes'],
): readonly (readonly ['minimum' | 'maximum', number])[] {
  if (nprobes === undefined) return []
  const { min, max } = nprobes
  const upper = max ?? Math.max(DEFAULT_PROBES, min ?? 0)
  const lower = min ?? (upper === 0 ? DEFAULT_PROBES : Math.min(DEFAULT_PROBES, upper))
  const calls = [['minimum', lower] as const, ['maximum', upper] as const]
  return lower > DEFAULT_PROBES ? calls.toReversed() : calls
}

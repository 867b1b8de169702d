import type { TextQuery } from '#shared/model/search.ts'
import type { SearchQuery } from './draft.ts'

export type SearchParams = NonNullable<SearchQuery['params']>

export const SEARCH_MODES = ['vector', 'text', 'hybrid'] as const
export type SearchMode = (typeof SEARCH_MODES)[number]

/** Vectors read from a file, with its name. */
export interface VectorFile {
  readonly name: string
  readonly vectors: readonly (readonly number[])[]
}

/** The form as a person fills it in; empty texts are fields nobody has filled yet. */
export interface SearchDraft {
  readonly mode: SearchMode
  readonly source: 'row' | 'numbers' | 'text'
  readonly rowId: string
  readonly numbers: string
  /** Takes the place of `numbers`. */
  readonly file: VectorFile | null
  readonly embedText: string
  /** Empty = the one that made the column. */
  readonly embedder: string
  /** Vector column; empty = the first one. */
  readonly column: string
  readonly textInput: 'plain' | 'builder'
  readonly text: string
  /** Empty = every column with a full-text index, or the first text column when none has one. */
  readonly textColumns: readonly string[]
  readonly builder: TextQuery
  readonly k: number
  readonly params: SearchParams
  readonly filter: string
}

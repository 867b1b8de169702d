import type { ColumnEmbedder, EmbedderInfo } from '#shared/model/embedder.ts'
import type { Draft } from './draft.ts'

/** What there is to say about asking a column with vectors of an embedder. */
export type ChoiceNote =
  | { readonly kind: 'fits'; readonly text: string }
  /** Nothing says who made the column. */
  | { readonly kind: 'unknown'; readonly text: string }
  | { readonly kind: 'mismatch'; readonly text: string }

export interface EmbedderChoice {
  /** Undefined while the list is not there. */
  readonly embedder: EmbedderInfo | undefined
  /** Undefined when it is open which column is searched. */
  readonly column: ColumnEmbedder | undefined
  readonly note: ChoiceNote | undefined
}

/**
 * Who makes a vector of the text, and for which column: what was chosen, else the embedder the column remembers, else
 * the built-in one.
 */
export function chooseEmbedder(
  draft: Pick<Draft, 'column' | 'embedder'>,
  embedders: readonly EmbedderInfo[],
  columns: readonly ColumnEmbedder[],
): EmbedderChoice {
  const chosen = embedders.find(({ id }) => id === draft.embedder)
  const column = columnFor(draft.column, chosen, columns)
  const recorded = embedders.find(({ id }) => id === column?.embedder)
  const embedder = chosen ?? recorded ?? embedders.find(({ kind }) => kind === 'built-in') ?? embedders[0]
  return { embedder, column, note: noteOf(embedder, column) }
}

function columnFor(
  name: string,
  chosen: EmbedderInfo | undefined,
  columns: readonly ColumnEmbedder[],
): ColumnEmbedder | undefined {
  if (name !== '') return columns.find(({ column }) => column === name)
  const only = (list: readonly ColumnEmbedder[]): ColumnEmbedder | undefined =>
    list.length === 1 ? list[0] : undefined
  if (chosen === undefined) return only(columns) ?? only(columns.filter(({ embedder }) => embedder !== undefined))
  const made = columns.filter(({ embedder }) => embedder === chosen.id)
  return only(columns) ?? only(made) ?? only(columns.filter(({ dimension }) => dimension === chosen.dimension))
}

function noteOf(embedder: EmbedderInfo | undefined, origin: ColumnEmbedder | undefined): ChoiceNote | undefined {
  if (embedder === undefined || origin === undefined) return undefined
  const { column, dimension, recorded } = origin
  if (embedder.dimension !== null && dimension !== null && embedder.dimension !== dimension) {
    return {
      kind: 'mismatch',
      text: `“${embedder.title}” makes ${embedder.dimension} numbers of a text, and a vector of “${column}” has ${dimension}: they cannot be compared.${madeBy(origin)}`,
    }
  }
  if (recorded === undefined) return { kind: 'unknown', text: `Nothing says which embedder made “${column}”.` }
  if (origin.embedder !== embedder.id && recorded.model !== embedder.model) {
    return {
      kind: 'mismatch',
      text: `${madeBy(origin).trim()} Distances to vectors of another model mean little.`,
    }
  }
  if (recorded.provider !== embedder.provider) {
    return {
      kind: 'mismatch',
      text: `“${column}” was made by ${recorded.model} of ${recorded.provider}; here it is run by ${embedder.provider}. The same model can differ between them.`,
    }
  }
  const from = recorded.sourceColumn === undefined ? '' : ` from “${recorded.sourceColumn}”`
  const by = recorded.by === 'lancedb' ? ', as LanceDB recorded' : ''
  return { kind: 'fits', text: `“${column}” was made with it${from}${by}.` }
}

function madeBy({ column, recorded, embedder }: ColumnEmbedder): string {
  if (recorded === undefined) return ''
  const here = embedder === undefined ? ', which is not set up here' : ''
  return ` “${column}” was made by ${recorded.model} of ${recorded.provider}${here}.`
}

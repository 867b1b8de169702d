import type { ColumnEmbedder, EmbedderInfo } from '#shared/model/embedder.ts'
import type { VectorColumn } from './capability.ts'

/** What is off about asking a column with vectors of an embedder; null when nothing is known to be. */
export function embedderMismatch(
  embedder: EmbedderInfo | undefined,
  column: VectorColumn | undefined,
  origin: ColumnEmbedder | undefined,
): string | null {
  if (embedder === undefined || column === undefined) return null
  if (embedder.dimension !== null && column.dimension !== null && embedder.dimension !== column.dimension) {
    return `${embedder.title} makes ${embedder.dimension} numbers, “${column.name}” has ${column.dimension}.`
  }
  if (origin?.recorded !== undefined && origin.embedder !== embedder.id) {
    return `“${column.name}” was made by ${origin.recorded.provider} ${origin.recorded.model}: distances to vectors of another model mean little.`
  }
  return null
}

/** The embedder a text is given to when none is chosen: the column's own, else the built-in one. */
export function defaultEmbedder(
  embedders: readonly EmbedderInfo[],
  origin: ColumnEmbedder | undefined,
): EmbedderInfo | undefined {
  return (
    embedders.find(({ id }) => id === origin?.embedder) ??
    embedders.find(({ kind }) => kind === 'built-in') ??
    embedders[0]
  )
}

import { AppError } from '#shared/errors.ts'
import type { ImportProblem } from '#shared/model/import/source.ts'
import type { EmbedPlan } from '#shared/model/import/spec.ts'
import type { EngineContext } from '../context.ts'
import {
  askDimension,
  embedderNotFound,
  endpointsOf,
  findEmbedder,
  openBulkEmbedder,
  ORIGIN_KEY,
  sourceOf,
  toOrigin,
  type BulkEmbedder,
  type EmbedderSource,
} from '../embedders/index.ts'
import type { RowsSchema, VectorColumn } from '../lance/index.ts'

/** Vectors to be made of a column of the rows; plain values, for a job to be given. */
export interface Embedding {
  /** Not to be written anywhere: it may hold a key. */
  readonly embedder: EmbedderSource
  readonly source: string
  readonly column: VectorColumn
  readonly isRemote: boolean
}

/**
 * Finds the embedder and the length of its vectors, which one that was never asked has to be asked for: a text of one
 * word is sent. `embedder-not-found`, `embedder-failed`.
 */
export async function planEmbedding(
  context: EngineContext,
  { embedder: id, source, target }: EmbedPlan,
  signal: AbortSignal,
): Promise<Embedding> {
  const endpoints = endpointsOf(context)
  const info = await findEmbedder(endpoints, id)
  if (info === undefined) throw embedderNotFound(id)
  const embedder = await sourceOf(endpoints, id)
  const dimension = info.dimension ?? (await askDimension(openBulkEmbedder(embedder), signal))
  const metadata = { [ORIGIN_KEY]: toOrigin(info, source) }
  return { embedder, source, column: { name: target, dimension, metadata }, isRemote: info.isRemote }
}

/** Why vectors cannot be made of the rows. */
export function findEmbedProblems(
  { columns }: RowsSchema,
  { source }: Pick<EmbedPlan, 'source'>,
): readonly ImportProblem[] {
  const column = columns.find(({ name }) => name === source)
  const hint = 'Choose a column of texts.'
  if (column === undefined) return [{ severity: 'error', message: `The rows have no column "${source}".`, hint }]
  if (column.type === 'string' || column.type === 'large_string') return []
  return [{ severity: 'error', message: `"${source}" holds ${column.type}, and vectors are made of texts.`, hint }]
}

export interface EmbeddedTexts {
  /** Null for what has no text, and for what the embedder does not take. */
  readonly vectors: readonly (readonly number[] | null)[]
  /** Why it does not take some, as it says of the first. */
  readonly refused: { readonly count: number; readonly reason: string } | undefined
}

/** Vectors of texts. Fails as the embedder does, and with `embedder-failed` for vectors of another length. */
export async function embedAll(
  embedder: BulkEmbedder,
  { column }: Pick<Embedding, 'column'>,
  texts: readonly (string | null)[],
  signal: AbortSignal,
): Promise<EmbeddedTexts> {
  const vectors: (readonly number[] | null)[] = texts.map(() => null)
  const filled = texts.flatMap((text, row) => (text === null || text.trim() === '' ? [] : [{ text, row }]))
  let refused: { readonly count: number; readonly reason: string } | undefined
  for (let from = 0; from < filled.length; from += embedder.batchTexts) {
    signal.throwIfAborted()
    const part = filled.slice(from, from + embedder.batchTexts)
    const made = await embedder.embed(
      part.map(({ text }) => text),
      signal,
    )
    for (const [index, { row }] of part.entries()) {
      const one = made[index]
      if (one !== undefined && 'vector' in one) vectors[row] = checked(one.vector, column.dimension)
      else if (one !== undefined) {
        refused = { count: (refused?.count ?? 0) + 1, reason: refused?.reason ?? one.refused.message }
      }
    }
  }
  return { vectors, refused }
}

function checked(vector: readonly number[], dimension: number): readonly number[] {
  if (vector.length === dimension) return vector
  throw new AppError({
    code: 'embedder-failed',
    message: `The embedder made a vector of ${vector.length} numbers; it made vectors of ${dimension} before.`,
    hint: 'Check which model answers there.',
  })
}

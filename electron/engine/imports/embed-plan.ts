import { AppError } from '#shared/errors.ts'
import type { ImportProblem } from '#shared/model/import/source.ts'
import type { EmbedPlan } from '#shared/model/import/spec.ts'
import type { EngineContext } from '../context.ts'
import { openEmbedder, ORIGIN_KEY, toOrigin, type OpenEmbedder } from '../embedders/index.ts'
import type { RowsSchema, VectorColumn } from '../lance/index.ts'

/** Texts sent in one request. */
export const EMBED_BATCH = 32

/** Vectors to be made of a column of the rows. */
export interface Embedding {
  readonly embedder: OpenEmbedder
  readonly source: string
  readonly column: VectorColumn
}

/**
 * Finds the embedder and the length of its vectors, which one that was never asked has to be asked for: a text of one
 * word is sent. `embedder-not-found`, `embedder-failed`.
 */
export async function openEmbedding(
  context: EngineContext,
  { embedder: id, source, target }: EmbedPlan,
  signal: AbortSignal,
  key?: string,
): Promise<Embedding> {
  const embedder = await openEmbedder(context, id, key)
  const { info } = embedder
  const dimension = info.dimension ?? (await embedder.embed(['word'], signal))[0]?.length
  if (dimension === undefined) {
    throw new AppError({ code: 'embedder-failed', message: `"${info.title}" made no vector of a word.` })
  }
  return { embedder, source, column: { name: target, dimension, metadata: { [ORIGIN_KEY]: toOrigin(info, source) } } }
}

/** Why vectors cannot be made of the rows. */
export function findEmbedProblems({ columns }: RowsSchema, { source }: Pick<EmbedPlan, 'source'>): readonly ImportProblem[] {
  const column = columns.find(({ name }) => name === source)
  const hint = 'Choose a column of texts.'
  if (column === undefined) return [{ severity: 'error', message: `The rows have no column "${source}".`, hint }]
  if (column.type === 'string' || column.type === 'large_string') return []
  return [{ severity: 'error', message: `"${source}" holds ${column.type}, and vectors are made of texts.`, hint }]
}

/** Vectors of texts, some at a time; null for what has no text. */
export async function embedAll(
  { embedder }: Embedding,
  texts: readonly (string | null)[],
  signal: AbortSignal,
): Promise<readonly (readonly number[] | null)[]> {
  const vectors: (readonly number[] | null)[] = texts.map(() => null)
  const filled = texts.flatMap((text, row) => (text === null || text.trim() === '' ? [] : [{ text, row }]))
  for (let from = 0; from < filled.length; from += EMBED_BATCH) {
    signal.throwIfAborted()
    const part = filled.slice(from, from + EMBED_BATCH)
    const made = await embedder.embed(
      part.map(({ text }) => text),
      signal,
    )
    for (const [index, { row }] of part.entries()) vectors[row] = made[index] ?? null
  }
  return vectors
}

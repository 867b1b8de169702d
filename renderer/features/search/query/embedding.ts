import type { Input } from '#shared/contract/index.ts'
import type { EmbedderInfo } from '#shared/model/embedder.ts'
import { getApi, queryClient } from '#renderer/features/workspace/index.ts'
import { EMBEDDERS } from './use-embedders.ts'

/** A search as `search.run` takes it, without the state of the dataset it runs on and the columns shown. */
export type EngineQuery = Omit<Input<'search.run'>, 'dataset' | 'ref' | 'columns'>

/** A vector that has yet to be made of a text. */
export interface TextVector {
  readonly text: string
  /** Id of the embedder. */
  readonly embedder: string
}

/** A search as it is asked and remembered: a text stays a text until it is run. */
export type SearchQuery = Omit<EngineQuery, 'vector'> & {
  readonly vector?: EngineQuery['vector'] | TextVector
}

/** How the vector of a search came about. */
export interface Embedded extends TextVector {
  /** As it was called then; the id when it is gone. */
  readonly title: string
  readonly model: string
  /** Null when the vector was made before, for another search. */
  readonly elapsedMs: number | null
}

export interface ResolvedQuery {
  readonly query: EngineQuery
  readonly embedded?: Embedded
}

export function isTextVector(vector: SearchQuery['vector']): vector is TextVector {
  return vector !== undefined && 'embedder' in vector
}

/** The search with numbers in place of its text. A text is embedded once while the window is open. */
export async function resolveQuery({ vector, ...rest }: SearchQuery, signal: AbortSignal): Promise<ResolvedQuery> {
  if (!isTextVector(vector)) return { query: { ...rest, ...(vector === undefined ? {} : { vector }) } }
  const { text, embedder } = vector
  const key = ['embedding', embedder, text]
  const made = queryClient.getQueryData<readonly number[]>(key)
  const answer =
    made === undefined
      ? await getApi().call('embedders.embed', { embedder, texts: [text] }, { signal })
      : { vectors: [made], elapsedMs: null }
  const [numbers = []] = answer.vectors
  queryClient.setQueryData(key, numbers)
  const known = queryClient.getQueryData<readonly EmbedderInfo[]>(EMBEDDERS)?.find(({ id }) => id === embedder)
  return {
    query: { ...rest, vector: [...numbers] },
    embedded: {
      text,
      embedder,
      title: known?.title ?? embedder,
      model: known?.model ?? embedder,
      elapsedMs: answer.elapsedMs,
    },
  }
}

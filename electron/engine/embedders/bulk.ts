import { AppError } from '#shared/errors.ts'
import { BUILT_IN, embedderNotFound } from './catalogue.ts'
import { type Endpoints, providerOf } from './endpoints.ts'
import { createHttpEmbedder } from './http/http-embedder.ts'
import { createPacer } from './http/pacer.ts'
import { lexicalEmbedder } from './lexical/lexical-embedder.ts'

/**
 * An embedder as a job of its own process is given it. A key of the environment goes by the variable's name; one given
 * for this run has to go along, and is never written anywhere.
 */
export type EmbedderSource =
  | { readonly kind: 'built-in' }
  | {
      readonly kind: 'http'
      readonly url: string
      readonly model: string
      readonly apiKeyVariable?: string
      readonly key?: string
    }

/** What came of one text: its vector, or why the embedder does not take it. */
export type Embedded = { readonly vector: readonly number[] } | { readonly refused: AppError }

/** Makes vectors of very many texts: patient with servers that are busy, and able to go on without a text they refuse. */
export interface BulkEmbedder {
  /** Texts to give it at a time. */
  readonly batchTexts: number
  /** Requests sent so far, and those among them that repeated one. */
  readonly requests: number
  readonly retries: number
  /** In the order of the texts. Fails as an {@link Embedder} does, after some minutes of trying. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly Embedded[]>
}

/** Texts of one request to an endpoint. Common servers take 96 and more, and their answer stays below 4 MB. */
export const REQUEST_TEXTS = 64
const BUILT_IN_TEXTS = 256
const TRIES = 8
const PAUSE_MAX_MS = 120_000

/** How a job reaches an embedder. `embedder-not-found`; `embedder-failed` where the key it names is not there. */
export async function sourceOf(endpoints: Endpoints, id: string): Promise<EmbedderSource> {
  if (id === BUILT_IN) return { kind: 'built-in' }
  const endpoint = (await endpoints.list()).find((one) => one.id === id)
  if (endpoint === undefined) throw embedderNotFound(id)
  const { url, model, apiKeyVariable } = endpoint
  const key = endpoints.keyOf(endpoint)
  if (key === undefined && apiKeyVariable !== undefined) throw noKey(apiKeyVariable)
  const isOfEnvironment = apiKeyVariable !== undefined && process.env[apiKeyVariable]?.trim() === key
  if (isOfEnvironment) return { kind: 'http', url, model, apiKeyVariable }
  return { kind: 'http', url, model, ...(key === undefined ? {} : { key }) }
}

/** `backoffMs`: before the first repetition; for tests. */
export function openBulkEmbedder(
  source: EmbedderSource,
  { backoffMs = 1000, timeoutMs = 120_000, tries = TRIES } = {},
): BulkEmbedder {
  if (source.kind === 'built-in') {
    return {
      batchTexts: BUILT_IN_TEXTS,
      requests: 0,
      retries: 0,
      embed: async (texts, signal) => (await lexicalEmbedder.embed(texts, signal)).map((vector) => ({ vector })),
    }
  }
  const { url, model, apiKeyVariable } = source
  const key = source.key ?? (apiKeyVariable === undefined ? undefined : process.env[apiKeyVariable]?.trim())
  if (key === undefined && apiKeyVariable !== undefined) throw noKey(apiKeyVariable)
  const pacer = createPacer()
  const embedder = createHttpEmbedder({
    provider: providerOf(url),
    url,
    model,
    key,
    dimension: null,
    backoffMs,
    timeoutMs,
    tries,
    pauseMaxMs: PAUSE_MAX_MS,
    batchTexts: REQUEST_TEXTS,
    outlastsBreaks: true,
    pacer,
  })
  const embed = async (texts: readonly string[], signal: AbortSignal): Promise<readonly Embedded[]> => {
    try {
      return (await embedder.embed(texts, signal)).map((vector) => ({ vector }))
    } catch (error) {
      if (!isOfText(error)) throw error
      if (texts.length === 1) return [{ refused: error }]
      // One of them is too long, or all together are: halves find out which.
      const half = Math.ceil(texts.length / 2)
      return [...(await embed(texts.slice(0, half), signal)), ...(await embed(texts.slice(half), signal))]
    }
  }
  return {
    batchTexts: REQUEST_TEXTS,
    get requests() {
      return pacer.requests
    },
    get retries() {
      return pacer.retries
    },
    embed,
  }
}

/** Length of the vectors of an embedder that was not asked yet: one request with a text of ours. */
export async function askDimension(embedder: BulkEmbedder, signal: AbortSignal): Promise<number> {
  const [answer] = await embedder.embed(['dimension'], signal)
  if (answer !== undefined && 'vector' in answer) return answer.vector.length
  throw (
    answer?.refused ??
    new AppError({ code: 'embedder-failed', message: 'The embedder answered nothing.', hint: 'Try again.' })
  )
}

/** The server takes other texts, as its status says: the request is malformed, too large, or cannot be processed. */
function isOfText(error: unknown): error is AppError {
  if (!(error instanceof AppError) || error.code !== 'embedder-failed') return false
  const { detail } = error
  const status: unknown =
    typeof detail === 'object' && detail !== null && 'status' in detail ? detail.status : undefined
  return status === 400 || status === 413 || status === 422
}

function noKey(variable: string): AppError {
  return new AppError({
    code: 'embedder-failed',
    message: `The environment variable ${variable}, which holds the key, is not set.`,
    hint: 'Set it and start Tiltyard again, or enter the key for this run.',
  })
}

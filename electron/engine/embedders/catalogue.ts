import { AppError } from '#shared/errors.ts'
import type { EmbedderInfo } from '#shared/model/embedder.ts'
import type { Embedder } from './embedder.ts'
import { type Endpoint, type Endpoints, isRemoteUrl, providerOf } from './endpoints.ts'
import { createHttpEmbedder } from './http/http-embedder.ts'
import { lexicalEmbedder } from './lexical/lexical-embedder.ts'

/** Id of the built-in embedder; no endpoint can have it. */
export const BUILT_IN = 'built-in'

const BUILT_IN_INFO: EmbedderInfo = {
  id: BUILT_IN,
  title: 'Built-in, by shared words',
  kind: 'built-in',
  provider: lexicalEmbedder.provider,
  model: lexicalEmbedder.model,
  dimension: lexicalEmbedder.dimension,
  isRemote: false,
}

/** Every embedder, the built-in one first. */
export async function listEmbedders(endpoints: Endpoints): Promise<readonly EmbedderInfo[]> {
  return [BUILT_IN_INFO, ...(await endpoints.list()).map((endpoint) => describeEndpoint(endpoints, endpoint))]
}

export async function findEmbedder(endpoints: Endpoints, id: string): Promise<EmbedderInfo | undefined> {
  if (id === BUILT_IN) return BUILT_IN_INFO
  return (await listEmbedders(endpoints)).find((one) => one.id === id)
}

export function describeEndpoint(endpoints: Endpoints, endpoint: Endpoint): EmbedderInfo {
  const { id, title, url, model, apiKeyVariable, dimension = null } = endpoint
  return {
    id,
    title,
    kind: 'http',
    provider: providerOf(url),
    model,
    dimension,
    url,
    ...(apiKeyVariable === undefined ? {} : { apiKeyVariable }),
    hasKey: endpoints.keyOf(endpoint) !== undefined,
    isRemote: isRemoteUrl(url),
  }
}

/** Vectors of some texts; remembers how long they are. `embedder-not-found`, and what {@link Embedder.embed} fails with. */
export async function embedTexts(
  endpoints: Endpoints,
  id: string,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<readonly (readonly number[])[]> {
  if (id === BUILT_IN) return lexicalEmbedder.embed(texts, signal)
  const endpoint = (await endpoints.list()).find((one) => one.id === id)
  if (endpoint === undefined) throw embedderNotFound(id)
  const vectors = await toEmbedder(endpoints, endpoint).embed(texts, signal)
  const dimension = vectors[0]?.length
  if (dimension !== undefined && dimension !== endpoint.dimension) {
    await endpoints.rememberDimension(id, endpoint.url, endpoint.model, dimension)
  }
  return vectors
}

function toEmbedder(endpoints: Endpoints, endpoint: Endpoint): Embedder {
  const { url, model, dimension = null, apiKeyVariable } = endpoint
  const key = endpoints.keyOf(endpoint)
  if (key === undefined && apiKeyVariable !== undefined) {
    throw new AppError({
      code: 'embedder-failed',
      message: `The environment variable ${apiKeyVariable}, which holds the key, is not set.`,
      hint: 'Set it and start Tiltyard again, or enter the key for this run.',
    })
  }
  return createHttpEmbedder({ provider: providerOf(url), url, model, key, dimension })
}

export function embedderNotFound(id: string): AppError {
  return new AppError({
    code: 'embedder-not-found',
    message: `There is no embedder "${id}".`,
    hint: 'Choose another one, or add the endpoint again.',
  })
}

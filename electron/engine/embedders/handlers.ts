import type { Contract } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { assignEmbedder } from './assign.ts'
import { BUILT_IN, describeEndpoint, embedderNotFound, embedTexts, listEmbedders } from './catalogue.ts'
import { type Endpoint, normalizeUrl } from './endpoints.ts'
import { endpointsOf } from './endpoints-of.ts'
import { columnOrigins } from './origin.ts'

type Operations =
  | 'embedders.list'
  | 'embedders.save'
  | 'embedders.remove'
  | 'embedders.embed'
  | 'embedders.columns'
  | 'embedders.assign'

/** What turns text into vectors, and which of them made a column. */
export function createEmbeddersHandlers(context: EngineContext): Pick<Handlers<Contract>, Operations> {
  const { datasets } = context
  const endpoints = endpointsOf(context)
  return {
    'embedders.list': () => listEmbedders(endpoints),
    'embedders.save': async ({ id, title, url, model, apiKeyVariable, apiKey }) => {
      refuseBuiltIn(id)
      const variable = apiKeyVariable === undefined ? {} : { apiKeyVariable }
      const endpoint: Endpoint = { id, title, url: normalizeUrl(url), model, ...variable }
      await endpoints.save(endpoint, apiKey)
      const saved = (await endpoints.list()).find((one) => one.id === id)
      return describeEndpoint(endpoints, saved ?? endpoint)
    },
    'embedders.remove': async ({ id }) => {
      refuseBuiltIn(id)
      if (!(await endpoints.remove(id))) throw embedderNotFound(id)
      return {}
    },
    'embedders.embed': async ({ embedder, texts }, { signal }) => {
      const began = performance.now()
      const vectors = await embedTexts(endpoints, embedder, texts, signal)
      return { vectors, dimension: vectors[0]?.length ?? 0, elapsedMs: performance.now() - began }
    },
    'embedders.columns': async ({ dataset: handle, ref }) => {
      const dataset = datasets.get(handle)
      const manifest = await dataset.manifest(await dataset.resolve(ref))
      return columnOrigins(manifest, await listEmbedders(endpoints))
    },
    'embedders.assign': (input, { signal }) => assignEmbedder(context, endpoints, input, signal),
  }
}

function refuseBuiltIn(id: string): void {
  if (id !== BUILT_IN) return
  throw new AppError({
    code: 'invalid-input',
    message: 'The built-in embedder stays as it is.',
    hint: 'Choose another id for the endpoint.',
  })
}

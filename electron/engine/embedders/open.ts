import type { EmbedderInfo } from '#shared/model/embedder.ts'
import type { EngineContext } from '../context.ts'
import { openSettings } from '../settings/index.ts'
import { BUILT_IN, embedderNotFound, embedTexts, findEmbedder } from './catalogue.ts'
import { openEndpoints, type Endpoints } from './endpoints.ts'

const byContext = new WeakMap<object, Endpoints>()

/** The endpoints of this process, with the keys it was given. */
export function endpointsOf(context: EngineContext): Endpoints {
  const known = byContext.get(context)
  if (known !== undefined) return known
  const endpoints = openEndpoints(openSettings(context.paths.dataDir, context.log), process.env)
  byContext.set(context, endpoints)
  return endpoints
}

/** An embedder another area uses. */
export interface OpenEmbedder {
  readonly info: EmbedderInfo
  /** As `Embedder.embed`. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[]>
}

/**
 * An embedder by its id; `embedder-not-found`. `key`: one given for this run, which a job process has to be told, since
 * keys are nowhere on disk; absent = the one of the environment.
 */
export async function openEmbedder(context: EngineContext, id: string, key?: string): Promise<OpenEmbedder> {
  const own = endpointsOf(context)
  const endpoints: Endpoints = key === undefined ? own : { ...own, keyOf: () => key }
  const info = await findEmbedder(endpoints, id)
  if (info === undefined) throw embedderNotFound(id)
  return { info, embed: (texts, signal) => embedTexts(endpoints, id, texts, signal) }
}

/** The key a job process needs for an embedder, if it needs one. Never to be written anywhere. */
export async function keyForJob(context: EngineContext, id: string): Promise<string | undefined> {
  if (id === BUILT_IN) return undefined
  const endpoints = endpointsOf(context)
  const endpoint = (await endpoints.list()).find((one) => one.id === id)
  return endpoint === undefined ? undefined : endpoints.keyOf(endpoint)
}

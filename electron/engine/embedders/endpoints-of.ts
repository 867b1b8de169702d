import type { EngineContext } from '../context.ts'
import { openSettings } from '../settings/index.ts'
import { type Endpoints, openEndpoints } from './endpoints.ts'

const byContext = new WeakMap<EngineContext, Endpoints>()

/** The endpoints of one engine, with the keys given for this run. */
export function endpointsOf(context: EngineContext): Endpoints {
  const known = byContext.get(context)
  if (known !== undefined) return known
  const endpoints = openEndpoints(openSettings(context.paths.dataDir, context.log), process.env)
  byContext.set(context, endpoints)
  return endpoints
}

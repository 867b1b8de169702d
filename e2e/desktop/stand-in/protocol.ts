import { record } from './record.ts'
import { strict } from './strict.ts'

type SchemeHandler = (request: Request) => Promise<Response> | Response
const handlers = new Map<string, SchemeHandler>()

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged: (schemes: readonly unknown[]) => void record.schemes.push(...schemes),
  handle: (scheme: string, handler: SchemeHandler) => void handlers.set(scheme, handler),
})

/** What the app's protocol handler says to an address; undefined for schemes it does not serve: there is no network. */
export async function answerScheme(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
): Promise<Response | undefined> {
  const handler = handlers.get(new URL(url).protocol.slice(0, -1))
  if (handler === undefined) return undefined
  return handler(new Request(url, { method, headers: new Headers({ ...headers }) }))
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Supervisor } from '#engine/supervisor.ts'
import type { Contract } from '#shared/contract/index.ts'
import type { Client } from '#shared/rpc/client.ts'
import type { Asset } from '../launch/web/assets.ts'
import { answerBlob } from '../launch/web/blob.ts'
import { isLoopbackHost, isSameOrigin } from './guard.ts'
import { readBody, sendAsset, sendBlob, sendJson, sendText } from './respond.ts'
import type { Sessions } from './sessions.ts'

export interface RouteContext {
  readonly assets: ReadonlyMap<string, Asset>
  readonly sessions: Sessions
  readonly supervisor: Supervisor
  readonly client: () => Client<Contract> | undefined
  /** Named by port, because browsers share cookies between the ports of a host. */
  readonly cookieName: () => string
  /** Locations the page should open, given on the command line. */
  readonly locations: readonly string[]
}

type Route = (context: RouteContext, request: IncomingMessage, response: ServerResponse) => void | Promise<void>

/** Every address besides the page's own files. What is not here, and not an asset, does not exist. */
const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['POST /session', startSession],
  ['GET /engine', withSession(({ supervisor }, _request, response) => sendJson(response, 200, supervisor.status()))],
  ['POST /engine/restart', withSession(restartEngine)],
])
const BLOB_PREFIX = '/blob/'
const METHODS = new Set(['GET', 'HEAD', 'POST'])

/** Answers one request, or refuses it. */
export async function answerRequest(
  context: RouteContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? ''
  if (!isLoopbackHost(request.headers.host)) return sendText(response, 421, 'This server answers to 127.0.0.1 only.')
  if (!METHODS.has(method)) return sendText(response, 405, 'Not allowed.', { allow: 'GET, HEAD, POST' })
  if (method === 'POST' && !isSameOrigin(request.headers)) return sendText(response, 403, 'Refused.')
  const path = pathOf(request.url)
  const route = ROUTES.get(`${method} ${path}`)
  if (route !== undefined) return route(context, request, response)
  if (method === 'POST') return sendText(response, 404, 'Not found.')
  if (path.startsWith(BLOB_PREFIX)) return withSession(serveBlob)(context, request, response)
  const asset = context.assets.get(path)
  return asset === undefined ? sendText(response, 404, 'Not found.') : sendAsset(request, response, asset)
}

/** The path exactly as sent, without query; never normalised, so `..` and escapes match nothing. */
function pathOf(url: string | undefined): string {
  return (url ?? '').split(/[?#]/, 1)[0] ?? ''
}

function withSession(route: Route): Route {
  return (context, request, response) =>
    context.sessions.isKnown(request.headers.cookie, context.cookieName())
      ? route(context, request, response)
      : sendText(response, 401, 'This browser has no session. Open a fresh link.')
}

async function startSession(context: RouteContext, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.headers['content-type'] !== 'application/json') return sendText(response, 403, 'Refused.')
  const body = await readBody(request)
  if (body === undefined) return sendText(response, 413, 'Too large.', { connection: 'close' })
  const token = tokenIn(body)
  if (token === undefined) return sendText(response, 400, 'Not a token.')
  const session = context.sessions.redeem(token)
  if (session === undefined) return sendText(response, 403, 'This link was used before or is not valid.')
  sendJson(
    response,
    200,
    { open: context.locations },
    { 'set-cookie': `${context.cookieName()}=${session}; HttpOnly; SameSite=Strict; Path=/` },
  )
}

function tokenIn(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body)
    const token = typeof parsed === 'object' && parsed !== null && 'token' in parsed ? parsed.token : undefined
    return typeof token === 'string' ? token : undefined
  } catch {
    return undefined
  }
}

function restartEngine({ supervisor }: RouteContext, _request: IncomingMessage, response: ServerResponse): void {
  supervisor.restart()
  sendJson(response, 200, supervisor.status())
}

async function serveBlob(context: RouteContext, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const client = context.client()
  if (client === undefined) return sendText(response, 503, 'The engine is being started again.')
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const encodedId = pathOf(request.url).slice(BLOB_PREFIX.length)
  const answer = await answerBlob(client, { encodedId, range: request.headers.range, signal: gone.signal })
  if (response.destroyed) return
  await sendBlob(request, response, answer)
}

import { chmodSync, mkdirSync, rmSync, statSync } from 'node:fs'
import http, { type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import path from 'node:path'
import type { Supervisor } from '#engine/supervisor.ts'
import { AppError } from '#shared/errors.ts'
import { listAssets } from '../launch/web/assets.ts'
import { isLoopbackHost, isSameOrigin } from './guard.ts'
import { createHandover } from './handover.ts'
import { createHostClient } from '../launch/host-client.ts'
import { answerRequest, type RouteContext } from './routes.ts'
import { createSessions } from './sessions.ts'

export interface BrowserHostOptions {
  readonly supervisor: Supervisor
  /** Folder of the built page. */
  readonly renderer: string
  readonly listen: { readonly port: number } | { readonly socket: string }
  readonly locations: readonly string[]
}

export interface BrowserHost {
  /** Port on 127.0.0.1; undefined when listening on a Unix socket. */
  readonly port: number | undefined
  /** A fresh address that opens once. */
  newLink(): string
  /** Stops listening and ends every connection; the engine is the caller's to stop. */
  close(): Promise<void>
}

/** TCP connections at once: a page needs about seven. */
const MAX_CONNECTIONS = 256

/** Serves the page and hands its connections to the engine, to browsers on this machine only. */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const { supervisor, listen } = options
  const sessions = createSessions()
  const handOver = createHandover(supervisor)
  let port: number | undefined
  const context: RouteContext = {
    assets: listAssets(options.renderer),
    sessions,
    supervisor,
    client: createHostClient(supervisor),
    cookieName: () => `tiltyard_${port ?? 'socket'}`,
    locations: options.locations,
  }
  const server = http.createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, maxHeaderSize: 16 * 1024, keepAliveTimeout: 30_000 },
    (request, response) => {
      answerRequest(context, request, response).catch(() => response.destroy())
    },
  )
  server.maxConnections = MAX_CONNECTIONS
  server.on('clientError', (_error, socket) => socket.destroy())
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const refusal = refuseUpgrade(context, request)
    if (refusal === undefined) return handOver(request, socket, head)
    socket.on('error', () => socket.destroy())
    socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  })
  await startListening(server, listen)
  if ('port' in listen) port = (server.address() as AddressInfo).port
  return {
    port,
    newLink: () => `http://${port === undefined ? 'localhost' : `127.0.0.1:${port}`}/#token=${sessions.newToken()}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Why an upgrade to `/api` is refused, as an HTTP status line; undefined when it may pass. */
function refuseUpgrade(context: RouteContext, request: IncomingMessage): string | undefined {
  const { headers } = request
  if (!isLoopbackHost(headers.host)) return '421 Misdirected Request'
  if (!isSameOrigin(headers)) return '403 Forbidden'
  if (request.method !== 'GET' || request.url !== '/api') return '404 Not Found'
  if (headers.upgrade?.toLowerCase() !== 'websocket') return '400 Bad Request'
  return context.sessions.isKnown(headers.cookie, context.cookieName()) ? undefined : '401 Unauthorized'
}

async function startListening(server: http.Server, listen: BrowserHostOptions['listen']): Promise<void> {
  if ('socket' in listen) prepareSocketFolder(listen.socket)
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      if ('socket' in listen) server.listen(listen.socket, resolve)
      // Loopback by name in code: there is no option that opens this to a network.
      else server.listen(listen.port, '127.0.0.1', resolve)
    })
  } catch (error) {
    throw listenError(error, listen)
  }
  if ('socket' in listen) chmodSync(listen.socket, 0o600)
}

/** Makes the socket's folder enterable by its owner only, and clears a socket left behind. */
function prepareSocketFolder(socket: string): void {
  const folder = path.dirname(socket)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const stats = statSync(folder)
  if (process.platform !== 'win32' && (stats.mode & 0o077) !== 0) {
    throw new AppError({
      code: 'permission-denied',
      message: `Others may enter ${folder}, so a socket there would not be private.`,
      hint: `Choose another folder, or run: chmod 700 ${folder}`,
    })
  }
  if (statSync(socket, { throwIfNoEntry: false })?.isSocket() === true) rmSync(socket)
}

function listenError(error: unknown, listen: BrowserHostOptions['listen']): AppError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const where = 'socket' in listen ? listen.socket : `port ${listen.port}`
  const hint =
    'socket' in listen
      ? 'Choose another path for --socket.'
      : 'Choose another one with --port, or leave the choice to us.'
  if (code === 'EADDRINUSE')
    return new AppError({ code: 'engine-busy', message: `Something already uses ${where}.`, hint })
  if (code === 'EACCES')
    return new AppError({ code: 'permission-denied', message: `This user may not use ${where}.`, hint })
  return new AppError(
    { code: 'internal', message: `Cannot listen on ${where}: ${String(error)}`, hint },
    { cause: error },
  )
}

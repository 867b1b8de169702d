import { AppError } from '#shared/errors.ts'
import type { EngineStatus } from '#shared/model/engine-status.ts'
import { socketChannel } from '#shared/rpc/socket-channel.ts'
import type { HostAnswer, Transport } from './transport.ts'

/** Time the host has to answer a question about the engine. */
const ASK_TIMEOUT_MS = 3000
/** Time a WebSocket has to open. Longer: on a busy machine a second attempt begins where the first one did. */
const OPEN_TIMEOUT_MS = 10_000

const NO_SESSION: HostAnswer = {
  kind: 'refused',
  reason: 'This link was used before or is not valid any more.',
  hint: 'Press Enter in the terminal where Tiltyard runs for a new link, or start it again.',
}

/** The way to the engine in a browser: HTTP to the host for questions, one WebSocket for everything else. */
export function browserTransport(onOpen: (locations: readonly string[]) => void): Transport {
  let session: Promise<boolean> | undefined

  return {
    async status() {
      session ??= exchangeToken(onOpen)
      try {
        // A spent token is no failure while the browser still holds the session it once gave.
        await session
        const response = await ask('/engine')
        if (response.status === 401 || response.status === 403) return NO_SESSION
        return response.ok ? ((await response.json()) as EngineStatus) : { kind: 'unreachable' }
      } catch {
        session = undefined
        return { kind: 'unreachable' }
      }
    },
    async open() {
      const socket = new WebSocket(`ws://${location.host}/api`)
      socket.binaryType = 'arraybuffer'
      await new Promise<void>((resolve, reject) => {
        const fail = (): void => {
          socket.close()
          reject(new AppError({ code: 'disconnected', message: 'The engine did not take the connection.' }))
        }
        const timer = setTimeout(fail, OPEN_TIMEOUT_MS)
        socket.addEventListener('open', () => {
          clearTimeout(timer)
          resolve()
        })
        socket.addEventListener('close', () => {
          clearTimeout(timer)
          fail()
        })
      })
      return { channel: socketChannel(socket) }
    },
    async restart() {
      await ask('/engine/restart', { method: 'POST' }).catch(() => undefined)
    },
  }
}

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(path, { ...init, signal: AbortSignal.timeout(ASK_TIMEOUT_MS) })
}

/**
 * Trades the one-time token of the address for a session cookie and takes it out of the address bar and the history.
 * False when it was refused, true when there was none to trade; rejects when the host cannot be reached.
 */
async function exchangeToken(onOpen: (locations: readonly string[]) => void): Promise<boolean> {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token === null) return true
  const response = await ask('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  history.replaceState(null, '', location.pathname)
  if (!response.ok) return false
  const answer = (await response.json()) as { readonly open?: readonly string[] }
  if (answer.open !== undefined && answer.open.length > 0) onOpen(answer.open)
  return true
}

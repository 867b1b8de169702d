import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Supervisor } from '#engine/supervisor.ts'
import type { SocketRequest } from '#engine/supervisor/messages.ts'

interface Waiting {
  readonly id: number
  readonly request: Omit<SocketRequest, 'head'>
  readonly head: Buffer
  readonly socket: Socket
}

/** Sockets that may wait for the engine at once; a page reconnects, so more than this is no page. */
const MAX_WAITING = 32
/** Time the engine has to take a socket before the page is told to come again. */
const TAKE_TIMEOUT_MS = 10_000

/**
 * Gives checked upgrade sockets to the engine process, one at a time. While one is on its way Node keeps later handles in
 * a queue of its own where bytes that arrive meanwhile would be lost; waiting here keeps them readable until the hand-over.
 */
export function createHandover(
  supervisor: Supervisor,
): (request: IncomingMessage, socket: Socket, head: Buffer) => void {
  let queue: readonly Waiting[] = []
  let current:
    | { readonly waiting: Waiting; readonly timer: ReturnType<typeof setTimeout>; readonly abandon: () => void }
    | undefined
  let nextId = 1

  const finish = (): void => {
    clearTimeout(current?.timer)
    current = undefined
    next()
  }
  supervisor.onMessage((message) => {
    if (message.t !== 'taken' || message.id !== current?.waiting.id) return
    // Node closed our copy of the handle before this message was read: from here on every byte reaches the engine.
    supervisor.process()?.send({ t: 'go', id: message.id })
    finish()
  })
  supervisor.onStatus(() => {
    // A socket sent to an engine that then died is gone with it; the page connects again.
    if (current !== undefined) {
      current.abandon()
      finish()
    } else next()
  })

  function next(): void {
    const engine = supervisor.process()
    const [waiting, ...rest] = queue
    if (current !== undefined || engine === undefined || waiting === undefined) return
    queue = rest
    const { id, request, socket } = waiting
    if (socket.destroyed) return next()
    const late = socket.read() as Buffer | null
    const head = late === null ? waiting.head : Buffer.concat([waiting.head, late])
    // Sending takes the handle off the socket; if the engine dies before it has it, nobody else would ever close it.
    const { _handle: handle } = socket as Socket & { readonly _handle?: { close(): void } }
    const abandon = (): void => {
      socket.destroy()
      handle?.close()
    }
    const timer = setTimeout(() => {
      abandon()
      finish()
    }, TAKE_TIMEOUT_MS)
    timer.unref()
    current = { waiting, timer, abandon }
    engine.send({ t: 'socket', id, request: { ...request, head: new Uint8Array(head) } }, socket)
  }

  return (request, socket, head) => {
    if (queue.length >= MAX_WAITING) return void socket.destroy()
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    // The session is the host's business; the engine has no use for it.
    delete headers['cookie']
    const { method = 'GET', url = '/' } = request
    socket.on('error', () => socket.destroy())
    queue = [...queue, { id: nextId++, request: { method, url, headers }, head, socket }]
    next()
  }
}

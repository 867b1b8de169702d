import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Channel } from '#shared/rpc/message.ts'
import { socketChannel } from '#shared/rpc/socket-channel.ts'
import type { SocketRequest } from './supervisor/messages.ts'

/** Largest message taken from a page. Inputs are small; this leaves room to refuse a too long one by name. */
const MAX_PAYLOAD_BYTES = 16 * 1024 * 1024
/** Replies waiting for a page that does not read them; beyond this the connection is ended. */
const MAX_BUFFERED_BYTES = 256 * 1024 * 1024
/** A connection that answers no ping for two of these is dead. */
const PING_MS = 15_000

export interface SocketDoor {
  /**
   * Keeps a socket whose upgrade request the host has already checked. Until the host has closed its own copy it may
   * still swallow what arrives, so the peer must hear nothing that invites it to speak.
   */
  hold(id: number, request: SocketRequest, socket: Socket): void
  /** Completes the WebSocket handshake on a held socket. */
  accept(id: number): void
  /** Ends every connection with a proper close frame. */
  close(): void
}

/** Speaks WebSocket on sockets handed over by the browser host, so that traffic makes no stop in the host. */
export function openSocketDoor(
  onChannel: (channel: Channel) => void,
  onCount: (connections: number) => void,
): SocketDoor {
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MAX_PAYLOAD_BYTES })
  const alive = new Map<WebSocket, boolean>()
  const held = new Map<number, { readonly request: SocketRequest; readonly socket: Socket }>()

  const pinger = setInterval(() => {
    for (const [socket, answered] of alive) {
      if (!answered) socket.terminate()
      else {
        alive.set(socket, false)
        socket.ping()
      }
    }
  }, PING_MS)
  pinger.unref()

  return {
    hold(id, request, socket) {
      held.set(id, { request, socket })
      socket.once('close', () => held.delete(id))
      socket.on('error', () => socket.destroy())
    },
    accept(id) {
      const entry = held.get(id)
      held.delete(id)
      if (entry === undefined) return
      const { request, socket } = entry
      socket.setNoDelay(true)
      // `ws` reads these three fields of the request and nothing else.
      const { method, url, headers } = request
      const message = { method, url, headers } as unknown as IncomingMessage
      server.handleUpgrade(message, socket, Buffer.from(request.head), (webSocket) => {
        alive.set(webSocket, true)
        webSocket.on('pong', () => alive.set(webSocket, true))
        webSocket.on('error', () => webSocket.terminate())
        webSocket.on('close', () => {
          alive.delete(webSocket)
          onCount(alive.size)
        })
        onCount(alive.size)
        onChannel(bounded(webSocket))
      })
    },
    close() {
      clearInterval(pinger)
      for (const { socket } of held.values()) socket.destroy()
      for (const socket of alive.keys()) socket.close(1001, 'the engine is stopping')
    },
  }
}

/** The socket's channel, ended when the page stops reading while replies pile up. */
function bounded(socket: WebSocket): Channel {
  const channel = socketChannel(socket)
  return {
    ...channel,
    send: (message) => {
      if (socket.readyState !== socket.OPEN) return
      if (socket.bufferedAmount > MAX_BUFFERED_BYTES) return socket.terminate()
      channel.send(message)
    },
  }
}

import { decodeFrame, encodeFrame } from './frame.ts'
import type { Channel } from './message.ts'

/** What the channel needs of a WebSocket, in the browser and in the `ws` package alike. `binaryType` must be `arraybuffer`. */
export interface SocketLike {
  binaryType: string
  send(data: Uint8Array<ArrayBuffer>): void
  close(): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(type: 'close', listener: () => void): void
}

/** Binary-frame channel over a WebSocket that is already open. A malformed frame closes the socket. */
export function socketChannel(socket: SocketLike): Channel {
  socket.binaryType = 'arraybuffer'
  return {
    send: (message) => socket.send(encodeFrame(message)),
    onMessage: (handler) =>
      socket.addEventListener('message', ({ data }) => {
        if (!(data instanceof ArrayBuffer)) return socket.close()
        try {
          handler(decodeFrame(new Uint8Array(data)))
        } catch {
          socket.close()
        }
      }),
    onClose: (handler) => socket.addEventListener('close', () => handler()),
    close: () => socket.close(),
  }
}

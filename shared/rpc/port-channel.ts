import { mapParts } from './map-parts.ts'
import type { Channel, Message } from './message.ts'

/** A port of the DOM or of worker_threads. */
interface EventTargetPort {
  postMessage(message: unknown): void
  addEventListener(type: 'message' | 'close', listener: (event: { readonly data?: unknown }) => void): void
  start?(): void
  close(): void
}

/** Electron's MessagePortMain, in the main process and in utility processes. */
interface EmitterPort {
  postMessage(message: unknown): void
  on(type: 'message' | 'close', listener: (event: { readonly data?: unknown }) => void): unknown
  start(): void
  close(): void
}

/** Structured-clone channel over any message port. The port's `close` event ends it. */
export function portChannel(port: EventTargetPort | EmitterPort): Channel {
  const listen = (type: 'message' | 'close', listener: (event: { readonly data?: unknown }) => void): void => {
    if ('addEventListener' in port) port.addEventListener(type, listener)
    else port.on(type, listener)
  }
  return {
    send: (message) => port.postMessage(compactBytes(message)),
    onMessage: (handler) => {
      listen('message', (event) => handler(event.data as Message))
      port.start?.()
    },
    onClose: (handler) => listen('close', () => handler()),
    close: () => port.close(),
  }
}

/**
 * Structured clone of a view clones its whole buffer: 1 kB of a 64 MB buffer moves 64 MB. Views that do not span their
 * buffer are copied first.
 */
function compactBytes<T>(value: T): T {
  if (value instanceof Uint8Array) {
    // Not slice(): a Buffer's slice is one more view.
    return (value.byteLength === value.buffer.byteLength ? value : new Uint8Array(value)) as T
  }
  return typeof value === 'object' && value !== null ? mapParts(value, compactBytes) : value
}

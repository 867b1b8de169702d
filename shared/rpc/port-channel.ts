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

export interface PortChannelOptions {
  /**
   * Hand bytes over instead of copying them: those that span their buffer are gone for the sender. Only between threads,
   * and only where nobody keeps what was sent.
   */
  readonly transfer?: boolean
}

/** Structured-clone channel over any message port. The port's `close` event ends it. */
export function portChannel(
  port: EventTargetPort | EmitterPort,
  { transfer = false }: PortChannelOptions = {},
): Channel {
  const listen = (type: 'message' | 'close', listener: (event: { readonly data?: unknown }) => void): void => {
    if ('addEventListener' in port) port.addEventListener(type, listener)
    else port.on(type, listener)
  }
  return {
    send: (message) => {
      const compact = compactBytes(message)
      if (!transfer) return port.postMessage(compact)
      const buffers = new Set<ArrayBuffer>()
      collectBuffers(compact, buffers)
      // Ports differ in what else they can transfer, so that no one signature fits all.
      const post: (message: unknown, transfer: readonly ArrayBuffer[]) => void = port.postMessage.bind(port)
      post(compact, [...buffers])
    },
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

function collectBuffers(value: unknown, buffers: Set<ArrayBuffer>): void {
  if (value instanceof Uint8Array) {
    if (value.buffer instanceof ArrayBuffer) buffers.add(value.buffer)
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) collectBuffers(part, buffers)
  }
}

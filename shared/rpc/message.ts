import type { ErrorValue } from '../errors.ts'

/** Caller to engine. `id` is fresh for every call of a connection and never reused. */
export type Request =
  | { readonly t: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly t: 'abort'; readonly id: number }
  /** The consumer of a stream or of a list in parts took `n` messages and wants as many more. */
  | { readonly t: 'credit'; readonly id: number; readonly n: number }

/**
 * Engine to caller. A call gets one `ok` or `error`, before which a long list comes in parts as `items`, the last part
 * being the `ok`; a stream gets any number of `items`, then one `end` or `error`.
 */
export type Reply =
  | { readonly t: 'ok'; readonly id: number; readonly value: unknown }
  | { readonly t: 'error'; readonly id: number; readonly error: ErrorValue }
  | { readonly t: 'items'; readonly id: number; readonly values: readonly unknown[] }
  | { readonly t: 'end'; readonly id: number }

export type Message = Request | Reply

/** Two-way, ordered, message-keeping transport. Each side registers its handlers once, before messages flow. */
export interface Channel {
  send(message: Message): void
  onMessage(handler: (message: Message) => void): void
  /** Called once when the other side is gone; nothing arrives after it. */
  onClose(handler: () => void): void
  close(): void
}

/** Batches of a stream, or parts of a list, in flight before the server waits for credit. */
export const STREAM_WINDOW = 8
/** Operations one connection may have running at once. */
export const MAX_IN_FLIGHT = 256

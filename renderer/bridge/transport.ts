import type { EngineStatus } from '#shared/model/engine-status.ts'
import type { Channel } from '#shared/rpc/message.ts'

/** What the host says when asked how the engine stands; `unreachable` and `refused` are the page's own findings. */
export type HostAnswer =
  | EngineStatus
  /** Nothing answers at the host's address. */
  | { readonly kind: 'unreachable' }
  /** The host does not know this page (any more). */
  | { readonly kind: 'refused'; readonly reason: string; readonly hint: string }

export interface OpenedChannel {
  readonly channel: Channel
  /** Which engine it leads to: how often one was started again before it. Absent where only `status` tells. */
  readonly restarts?: number
}

/** The way to a host: the preload's door or HTTP and WebSocket. */
export interface Transport {
  /** How the engine stands. Never rejects. */
  status(): Promise<HostAnswer>
  /** A new connection to the engine. Rejects with an AppError when there is none to be had now. */
  open(): Promise<OpenedChannel>
  /** Ends the engine, hung or not, and starts another. Never rejects. */
  restart(): Promise<void>
  /** Told when the engine's status changes, by hosts that push it. */
  onStatus?(listener: (status: EngineStatus) => void): void
}

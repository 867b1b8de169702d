import type { Message } from '#shared/rpc/message.ts'
import type { EngineFacts, EnginePaths, JobProcessEvent, JobRequest } from '../context.ts'
import type { ProcessExit } from './exit-reason.ts'

/** An HTTP upgrade request the browser host has already checked; its socket travels beside the message. */
export interface SocketRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Bytes that arrived after the request's head. */
  readonly head: Uint8Array
}

/** What a host tells its engine process. */
export type ToEngine =
  /** First message of every engine process but those of jobs. */
  | {
      readonly t: 'start'
      readonly facts: EngineFacts
      readonly paths: EnginePaths
      /** The host answers `job-start`; without one that does, jobs run in the engine process itself. */
      readonly startsJobs?: true
    }
  /** A message port beside it (desktop) is a new connection. */
  | { readonly t: 'port' }
  /** The socket beside it (browser host) is a connection to come; `id` comes back in `taken`. */
  | { readonly t: 'socket'; readonly id: number; readonly request: SocketRequest }
  /** The host has let go of that socket; the handshake may begin. */
  | { readonly t: 'go'; readonly id: number }
  /** The host's own connection, where the transport is the process channel itself. */
  | { readonly t: 'rpc'; readonly message: Message }
  | { readonly t: 'stop' }
  /** First message, in place of `start`, of a process that does one job and ends. */
  | { readonly t: 'job'; readonly request: JobRequest; readonly facts: EngineFacts; readonly paths: EnginePaths }
  /** What the process of a job the engine started has told, and its end. */
  | { readonly t: 'job-event'; readonly id: string; readonly event: JobProcessEvent }
  | { readonly t: 'job-exit'; readonly id: string; readonly exit: ProcessExit }

/** What an engine process tells its host. */
export type FromEngine =
  | { readonly t: 'ready' }
  | { readonly t: 'taken'; readonly id: number }
  /** It was told to stop, and commits what open streams have buffered first. */
  | { readonly t: 'committing' }
  /** Open WebSocket connections, told on every change. */
  | { readonly t: 'connections'; readonly count: number }
  | { readonly t: 'rpc'; readonly message: Message }
  /** Asks the host for a process that does a job. It ends when this engine process does. */
  | { readonly t: 'job-start'; readonly id: string; readonly request: JobRequest }
  | { readonly t: 'job-kill'; readonly id: string }
  /** What a job process tells of its job. */
  | { readonly t: 'job-event'; readonly event: JobProcessEvent }

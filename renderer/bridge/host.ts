import type { Contract } from '#shared/contract/index.ts'
import type { Client } from '#shared/rpc/client.ts'

export type Api = Client<Contract>

/** Where the window stands with its engine. */
export type EngineState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'ready'; readonly restarts: number }
  /** The engine process ended; it is being started again. */
  | { readonly kind: 'restarting'; readonly reason: string }
  /** It kept dying or cannot be reached; only a person can go on. */
  | { readonly kind: 'gone'; readonly reason: string; readonly hint: string }

/** The window's only door to the outside, the same in the desktop and the browser host. */
export interface Host {
  readonly kind: 'desktop' | 'browser'
  readonly api: Api
  /** Native folder dialog; null in the browser host, where the path box and the server-side browser serve instead. */
  readonly pickDirectory: (() => Promise<string | null>) | null
  /** Absolute paths of dropped files and folders; null where the host cannot know them (browser). */
  readonly pathsOf: ((files: readonly File[]) => readonly string[]) | null
  /** Address that serves the bytes of a cell (`CellBytes.id`) with range requests. */
  blobUrl(id: string): string
  engine(): EngineState
  onEngine(listener: (state: EngineState) => void): () => void
  /** Asks the host to try the engine again after `gone`. */
  reconnect(): void
  /** Locations to open that came from outside: arguments, native menu, a second start. */
  onOpenRequest(listener: (locations: readonly string[]) => void): () => void
  /** Commands chosen in a native menu, by command id. */
  onMenuCommand(listener: (commandId: string) => void): () => void
}

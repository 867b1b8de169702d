import type { EngineStatus } from './engine-status.ts'

/** Name of the object the desktop's preload puts into the page. */
export const DESKTOP_DOOR = 'tiltyardDesktop'

/** All the page can ask of the desktop host besides the engine's contract. */
export interface DesktopDoor {
  /** Asks for a port to the engine; it arrives as a {@link DesktopEvent} message with the port when there is an engine. */
  connect(): Promise<EngineStatus>
  restartEngine(): Promise<EngineStatus>
  /** Native folder dialog; null when it was closed without a choice. */
  pickDirectory(): Promise<string | null>
  /** Absolute path of a dropped file or folder; empty when it has none. */
  pathOf(file: File): string
  /** The page listens now; what was to be opened before that follows as an event. */
  pageReady(): Promise<void>
}

/** What the desktop host tells the page, as the `data` of a message event from the page's own window. */
export type DesktopEvent =
  | { readonly tiltyard: 'port' }
  | { readonly tiltyard: 'engine'; readonly status: EngineStatus }
  | { readonly tiltyard: 'open'; readonly locations: readonly string[] }
  | { readonly tiltyard: 'menu'; readonly commandId: string }

/** Names of the messages between preload and main; one place, so that neither side can misspell the other's. */
export const DESKTOP_CHANNELS = {
  connect: 'tiltyard:connect',
  restartEngine: 'tiltyard:restart-engine',
  pickDirectory: 'tiltyard:pick-directory',
  pageReady: 'tiltyard:page-ready',
  event: 'tiltyard:event',
} as const

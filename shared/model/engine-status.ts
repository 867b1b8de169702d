/** How the engine stands, as its host knows it. `restarts` counts the times it was started again. */
export type EngineStatus =
  /** A process is there and takes connections (it answers them as soon as it has loaded). */
  | {
      readonly kind: 'ready'
      readonly restarts: number
      readonly pid?: number
      /** How the process before this one ended, in words. */
      readonly lastReason?: string
    }
  | { readonly kind: 'restarting'; readonly restarts: number; readonly reason: string }
  /** It kept dying and is left alone until a person asks. */
  | { readonly kind: 'gone'; readonly restarts: number; readonly reason: string; readonly hint: string }

/** Turns texts into vectors. */
export interface Embedder {
  readonly provider: string
  readonly model: string
  /** Length of its vectors; null until it was asked once. */
  readonly dimension: number | null
  /**
   * One vector a text, in their order, all of one length and finite. `embedder-failed` when whatever makes them did not,
   * `timeout`, `too-large`; aborting ends it at once.
   */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[]>
}

/** Makes vectors of text. */
export interface EmbedderInfo {
  readonly id: string
  readonly title: string
  readonly kind: 'built-in' | 'http'
  /** Who runs the model: `tiltyard`, `openai`, `ollama` or `openai-compatible`; part of what a column remembers. */
  readonly provider: string
  readonly model: string
  /** Length of its vectors; null until it was asked once. */
  readonly dimension: number | null
  readonly url?: string
  /** Name of the environment variable its key is read from. */
  readonly apiKeyVariable?: string
  /** True when the variable is set, or a key was given for this run of the app. */
  readonly hasKey?: boolean
  /** True when text leaves this machine: the address is not a loopback one. */
  readonly isRemote: boolean
}

/** What the dataset's metadata says about the origin of a vector column. */
export interface ColumnEmbedder {
  readonly column: string
  readonly dimension: number | null
  /** Absent when the metadata does not say. */
  readonly recorded?: {
    readonly provider: string
    readonly model: string
    readonly sourceColumn?: string
    /** Whose convention it was read from. */
    readonly by: 'tiltyard' | 'lancedb'
  }
  /** Embedder known here that fits the record; absent when none does. */
  readonly embedder?: string
}

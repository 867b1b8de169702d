/** Bytes of one cell, wherever they lie. */
export interface ByteSource {
  readonly size: number
  /** Memory this source takes for as long as it is kept. */
  readonly heldBytes: number
  read(start: number, end: number): Promise<Uint8Array>
}

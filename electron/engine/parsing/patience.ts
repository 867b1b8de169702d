/** What is known of a file somebody waits for. */
export interface Subject {
  /** As in `SourceItem.name`. */
  readonly name: string
  readonly bytes?: number | undefined
  readonly kind?: string | undefined
  readonly compression?: string | undefined
}

/** A file without an answer for so long hangs, unless it is large. */
const BASE_MS = 10_000
const MS_PER_MEGABYTE = 1000
/** Files that unpack to many times their size. */
const PACKED: ReadonlySet<string> = new Set(['pdf', 'docx', 'pptx', 'epub', 'xlsx'])
const UNPACKED = 10

/** How long an answer about a file may take, at most `limitMs`; that long where the size is not known. */
export function patienceMs({ bytes, kind, compression }: Subject, limitMs: number): number {
  if (bytes === undefined) return limitMs
  const isPacked = compression !== undefined || (kind !== undefined && PACKED.has(kind))
  const megabytes = (bytes * (isPacked ? UNPACKED : 1)) / 1e6
  return Math.min(limitMs, BASE_MS + Math.ceil(megabytes * MS_PER_MEGABYTE))
}

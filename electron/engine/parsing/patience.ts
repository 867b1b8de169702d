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

/** With less than this share of a processor, the process was kept from working by others. */
const STARVED_SHARE = 0.5
/** A file that waits for a disk uses no processor either, so nobody waits much longer than was promised. */
const MOST_WAITS = 3

/**
 * Calls `onOver` once a wait is over. On a busy machine a job stands behind everything else, and a file is not to blame for
 * that: while the process has hardly had the processor, the wait is extended, up to three times as long. Returns the way to stop.
 */
export function startWait(limitMs: number, onOver: () => void, readCpuMs: () => number = ownCpuMs): () => void {
  const before = readCpuMs()
  let waits = 0
  const look = (): void => {
    waits++
    if (waits >= MOST_WAITS || readCpuMs() - before >= limitMs * STARVED_SHARE) onOver()
    else timer = setTimeout(look, limitMs)
  }
  let timer = setTimeout(look, limitMs)
  return () => clearTimeout(timer)
}

/** CPU time of all threads of this process so far, ms. */
function ownCpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

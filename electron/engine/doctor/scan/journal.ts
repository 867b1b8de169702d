import { appendFileSync, closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import type { ErrorValue } from '#shared/errors.ts'

/** One piece of a deep check: a fragment, one column of it, or an index. */
export type ScanUnit = { readonly target: number } & (
  | { readonly kind: 'open' }
  | { readonly kind: 'fragment'; readonly fragment: number }
  | { readonly kind: 'column'; readonly fragment: number; readonly column: string }
  | { readonly kind: 'blobs'; readonly fragment: number }
  /** Live rows [from, from + count) of a fragment with their blobs. */
  | { readonly kind: 'rows'; readonly fragment: number; readonly from: number; readonly count: number }
  | { readonly kind: 'index'; readonly index: string }
)

export type ScanEntry =
  | { readonly t: 'begin'; readonly unit: ScanUnit; readonly limitMs: number; readonly atMs: number }
  | {
      readonly t: 'end'
      readonly unit: ScanUnit
      readonly rows: number
      readonly error?: ErrorValue
      readonly files?: readonly string[]
    }

/**
 * Notes what a scan is at, in a file that outlives its process: each entry is written before anything else happens, so the
 * last `begin` without an `end` is what killed it.
 */
export function writeEntry(path: string, entry: ScanEntry): void {
  appendFileSync(path, `${JSON.stringify(entry)}\n`)
}

/** All whole entries; a last line that was cut off is left out. */
export function readEntries(path: string): readonly ScanEntry[] {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as ScanEntry)
}

/** Longest entry, by far. */
const TAIL_BYTES = 64 * 1024

/** The last whole entry, without reading the others. */
export function readLastEntry(path: string): ScanEntry | undefined {
  if (!existsSync(path)) return undefined
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const tail = Buffer.alloc(Math.min(size, TAIL_BYTES))
    readSync(file, tail, 0, tail.length, size - tail.length)
    const line = tail.toString('utf8').split('\n').at(-2)
    return line === undefined ? undefined : (JSON.parse(line) as ScanEntry)
  } finally {
    closeSync(file)
  }
}

/** What came of a unit so far: nothing, its end, or that it ended the process it was tried in. */
export type UnitState = Extract<ScanEntry, { t: 'end' }> | 'died' | undefined

/** Looks units up in a journal. */
export function indexEntries(entries: readonly ScanEntry[]): (unit: ScanUnit) => UnitState {
  const states = new Map<string, UnitState>()
  for (const entry of entries) states.set(keyOf(entry.unit), entry.t === 'end' ? entry : 'died')
  return (unit) => states.get(keyOf(unit))
}

/** Names a unit as the same text every time. */
function keyOf(unit: ScanUnit): string {
  return JSON.stringify(Object.entries(unit).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

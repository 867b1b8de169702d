import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import type { ErrorValue } from '#shared/errors.ts'

/** One piece of a deep check: a fragment, one column of it, or an index. */
export type ScanUnit =
  | { readonly kind: 'open' }
  | { readonly kind: 'fragment'; readonly fragment: number }
  | { readonly kind: 'column'; readonly fragment: number; readonly column: string }
  | { readonly kind: 'blobs'; readonly fragment: number; readonly column: string }
  | { readonly kind: 'index'; readonly index: string }

export type ScanEntry =
  | { readonly t: 'begin'; readonly unit: ScanUnit; readonly atMs: number }
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

/** Names a unit as the same text every time. */
export function keyOf(unit: ScanUnit): string {
  return JSON.stringify(unit)
}

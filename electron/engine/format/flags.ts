import type { FeatureFlags } from '#shared/model/dataset.ts'

/** Bit number to name (lance-table `feature_flags.rs`), and whether this build's Lance reads data under it. */
const KNOWN: readonly { readonly name: string; readonly readable: boolean }[] = [
  { name: 'deletion-files', readable: true },
  { name: 'stable-row-ids', readable: true },
  { name: 'v2-format', readable: true },
  { name: 'table-config', readable: true },
  { name: 'base-paths', readable: true },
  { name: 'no-transaction-file', readable: true },
  { name: 'data-overlays', readable: false },
  { name: 'covered-indices', readable: true },
  { name: 'mixed-file-versions', readable: true },
  { name: 'fragment-reuse-with-stable-row-ids', readable: false },
  { name: 'tagged-fragment-reuse', readable: false },
]

/** Reader and writer bit of tables whose rows keep their ids when they move. */
export const STABLE_ROW_IDS = 2

/** Names the bits of a manifest's flag words. A reader bit this build cannot honour makes the data unreadable. */
export function describeFlags(reader: number, writer: number): FeatureFlags {
  const readerBits = setBits(reader)
  const bits = [...new Set([...readerBits, ...setBits(writer)])].toSorted((a, b) => a - b)
  return {
    reader,
    writer,
    names: bits.map((bit) => KNOWN[bit]?.name).filter((name) => name !== undefined),
    unknownReaderBits: readerBits.filter((bit) => KNOWN[bit]?.readable !== true),
  }
}

/** True when a flag word, given by value, has the flag. */
export function hasFlag(word: number, flag: number): boolean {
  return (BigInt(word) & BigInt(flag)) !== 0n
}

function setBits(word: number): readonly number[] {
  const bits: number[] = []
  for (let rest = BigInt(word), bit = 0; rest > 0n; rest >>= 1n, bit++) if ((rest & 1n) === 1n) bits.push(bit)
  return bits
}

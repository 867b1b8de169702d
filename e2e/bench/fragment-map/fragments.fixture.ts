import type { FragmentEntry } from '#shared/model/fragment.ts'

/** Fragments as years of appends, deletes and compactions leave them; the same ones every time. */
export function syntheticFragments(count: number): readonly FragmentEntry[] {
  let seed = 11
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647
  }
  let rowStart = 0
  return Array.from({ length: count }, (_, id): FragmentEntry => {
    const isCompacted = id < count * 0.3
    const physicalRows = Math.ceil(isCompacted ? 900_000 + random() * 148_576 : 200 + random() ** 4 * 120_000)
    const deletedRows = random() < 0.35 ? Math.floor(physicalRows * random() ** 2 * 0.8) : 0
    const bytes = physicalRows * (90 + Math.floor(random() * 40))
    const fragment: FragmentEntry = {
      id,
      physicalRows,
      deletedRows,
      liveRows: physicalRows - deletedRows,
      rowStart,
      bytes,
      files: [{ path: `data/${id}.lance`, bytes, formatVersion: isCompacted ? '2.1' : '2.2', columns: ['id'] }],
      indices: isCompacted ? ['id_idx'] : [],
    }
    rowStart += fragment.liveRows
    return fragment
  })
}

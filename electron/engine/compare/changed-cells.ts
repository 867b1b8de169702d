import { AppError } from '#shared/errors.ts'
import { createBatchHasher, type HashPlan, type Projected } from '../lance/index.ts'
import type { View } from '../rows/index.ts'
import { takeRows } from './take-rows.ts'

/** Hashes of the cells of rows, by the number of the row in what was asked for: per column two words a row. */
export type CellHashes = readonly Int32Array[]

/** Puts the hashes of rows that come in any order where they were asked for. */
export class CellHashCollector {
  readonly #places: ReadonlyMap<bigint, number>
  readonly #cells: readonly Int32Array[]
  readonly #hasher: ReturnType<typeof createBatchHasher>
  #rows = 0

  constructor(ids: readonly bigint[], hashes: HashPlan) {
    this.#places = new Map(ids.map((id, place) => [id, place]))
    this.#cells = Array.from({ length: hashes.columns }, () => new Int32Array(ids.length * 2))
    this.#hasher = createBatchHasher(hashes)
  }

  add(file: Uint8Array): void {
    const { ids, cells } = this.#hasher.hashCells(file)
    for (const [row, id] of ids.entries()) {
      const place = this.#places.get(id)
      if (place === undefined) continue
      this.#rows++
      for (const [column, hashes] of cells.entries()) {
        const target = this.#cells[column] as Int32Array
        target[place * 2] = hashes[row * 2] as number
        target[place * 2 + 1] = hashes[row * 2 + 1] as number
      }
    }
  }

  /** All of them; `corrupt-data` when Lance did not return every row. */
  finish(): CellHashes {
    if (this.#rows === this.#places.size) return this.#cells
    throw new AppError({
      code: 'corrupt-data',
      message: 'Lance did not return all rows it had listed.',
      hint: 'Compare again. If it happens again, a file of one of the versions is probably damaged.',
    })
  }
}

/** Hashes of the cells of these rows, column by column, in the order of the ids. */
export async function hashCellsOf(
  view: View,
  ids: readonly bigint[],
  select: readonly Projected[],
  hashes: HashPlan,
  signal: AbortSignal,
): Promise<CellHashes> {
  const collector = new CellHashCollector(ids, hashes)
  for await (const file of takeRows(view, ids, select, signal)) collector.add(file)
  return collector.finish()
}

/** True when a cell differs; `row` counts the pairs asked for. */
export function differs(before: CellHashes, after: CellHashes, column: number, row: number): boolean {
  const [old, now] = [before[column] as Int32Array, after[column] as Int32Array]
  return old[row * 2] !== now[row * 2] || old[row * 2 + 1] !== now[row * 2 + 1]
}

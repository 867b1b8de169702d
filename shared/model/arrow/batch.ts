import type { Column } from '@uwdata/flechette'
import { AppError } from '../../errors.ts'

/** Column values of one record batch, as flechette holds them. */
export type ArrowBatch = Column<unknown>['data'][number]

/** True when the validity bitmap says so. Unions and run-end encoded batches carry nulls in their children. */
export function isNullAt(batch: ArrowBatch, index: number): boolean {
  if (batch.nullCount === 0) return false
  const bits = batch.validity as Uint8Array | undefined
  if (bits === undefined || bits.length === 0) return false
  return ((bits[index >> 3] ?? 0) & (1 << (index & 7))) === 0
}

/** A batch's child; a missing one means damaged bytes. */
export function childBatch(batch: ArrowBatch, index: number): ArrowBatch {
  const child = batch.children[index]
  if (child === undefined) throw new AppError({ code: 'corrupt-data', message: 'A nested column lacks its values.' })
  return child
}

/** The stored number, untouched. */
export function rawNumber(batch: ArrowBatch, index: number): number | bigint {
  return batch.values[index] ?? 0
}

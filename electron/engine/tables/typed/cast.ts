import { fixedSizeList, float32, Type, type Batch } from '@uwdata/flechette'
import { Block } from '../bytes/block.ts'
import { Cells } from '../bytes/cells.ts'
import type { ArrowBatch } from '../columns/column.ts'
import type { WantedColumn } from '../rows/plan.ts'
import { plainBatch } from './take.ts'
import { textOf } from './text.ts'

const NO_BYTES = new Uint8Array(0)

/** A value that does not fit the type it is to have; `row` within the batch. */
export interface CastFault {
  readonly row: number
  readonly column: string
  readonly reason: string
  readonly text: string
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // The values come from a batch, not from a file.
}

/** A column in the type its plan wants. Values that cannot have it become null and are told in `faults`. */
export function castBatch(batch: Batch<unknown>, column: WantedColumn, faults: CastFault[]): ArrowBatch {
  if (column.type.kind === 'as-is' || column.builder === undefined) return plainBatch(batch)
  if (column.type.kind === 'vector') {
    const vectors = castVectors(batch, column.type.dimension)
    if (vectors !== undefined) return vectors
  }
  const block = new Block(nothing())
  const cells = new Cells(block, 1)
  for (let row = 0; row < batch.length; row++) {
    const text = textOf(batch.at(row), batch.type)
    const cell = cells.begin()
    if (text !== undefined) {
      const bytes = Buffer.from(text)
      const start = block.reserve(bytes.length)
      block.bytes.set(bytes, start)
      cells.starts[cell] = start
      cells.ends[cell] = start + bytes.length
    }
    cells.finish(row, cells.starts[cell] as number, (cells.ends[cell] as number) || 0)
  }
  column.builder.append(cells, 0)
  for (const { row, reason, start, end } of cells.faults) {
    faults.push({
      row: row as number,
      column: column.source,
      reason,
      text: start < 0 ? '' : block.bytes.toString('utf8', start, end),
    })
  }
  return column.builder.take()
}

/** Lists of floats that all have one length without looking at each: the usual way embeddings lie in Parquet. */
function castVectors(batch: Batch<unknown>, dimension: number): ArrowBatch | undefined {
  const { type, length, nullCount } = batch
  const child = batch.children?.[0] as unknown as ArrowBatch | undefined
  if ((type.typeId !== Type.List && type.typeId !== Type.LargeList) || child === undefined || nullCount > 0)
    return undefined
  const item = child.type as { readonly typeId: number; readonly precision?: number }
  if (item.typeId !== Type.Float || (item.precision ?? 0) === 0 || child.nullCount > 0) return undefined
  const offsets = batch.offsets as unknown as ArrayLike<number | bigint>
  const first = Number(offsets[0])
  for (let row = 1; row <= length; row++) if (Number(offsets[row]) !== first + row * dimension) return undefined
  const source = child.values as unknown as Float32Array
  const end = first + length * dimension
  if (source.length < end) return undefined
  const values = item.precision === 1 ? source.subarray(first, end) : Float32Array.from(source.subarray(first, end))
  const itemType = float32()
  return {
    length,
    nullCount: 0,
    type: fixedSizeList(itemType, dimension),
    validity: NO_BYTES,
    children: [{ length: length * dimension, nullCount: 0, type: itemType, validity: NO_BYTES, values }],
  }
}

import type { MetadataTree } from '#shared/model/metadata.ts'
import { WireReader } from '../wire.ts'
import { leftOut } from './scalars.ts'

const MAX_SHOWN = 1000

/**
 * Rows per partition of a vector index, from its IVF message {2 offsets, 3 lengths, 4 centroids_tensor {2 shape}, 5 loss}:
 * `auxiliary.idx` has the lengths, `index.idx` the centroids. Throws `corrupt-manifest`.
 */
export function readPartitions(ivf: Uint8Array): {
  readonly rows: readonly number[]
  readonly centroids: readonly number[]
  readonly loss: number | null
} {
  const message = new WireReader(ivf)
  const rows: number[] = []
  const centroids: number[] = []
  let loss: number | null = null
  while (message.next()) {
    if (message.field === 3) message.eachUint((length) => rows.push(length))
    else if (message.field === 4) readShape(message.message(), centroids)
    else if (message.field === 5) loss = message.double()
    else message.skip()
  }
  return { rows, centroids, loss }
}

function readShape(tensor: WireReader, shape: number[]): void {
  while (tensor.next()) {
    if (tensor.field === 2) tensor.eachUint((size) => shape.push(size))
    else tensor.skip()
  }
}

/** The partitions of an IVF index (lance.index.pb.IVF) in sums: their number, rows, shape of the centroids and loss. */
export function describePartitions(ivf: Uint8Array): MetadataTree {
  const { rows, centroids, loss } = readPartitions(ivf)
  return {
    ...(rows.length === 0
      ? {}
      : {
          partitions: rows.length,
          rows: rows.reduce((sum, count) => sum + count, 0),
          smallest: rows.reduce((least, count) => Math.min(least, count)),
          largest: rows.reduce((most, count) => Math.max(most, count)),
          rows_per_partition:
            rows.length > MAX_SHOWN ? [...rows.slice(0, MAX_SHOWN), leftOut(rows.length - MAX_SHOWN)] : rows,
        }),
    ...(centroids.length === 0 ? {} : { centroids: centroids.slice(0, 4) }),
    ...(loss === null ? {} : { loss: Number.isFinite(loss) ? loss : String(loss) }),
  }
}

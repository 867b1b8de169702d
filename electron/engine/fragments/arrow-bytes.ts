import type { SchemaField } from '#shared/model/schema.ts'
import { bitsOfType, itemsPerRow } from '../format/arrow-type.ts'
import type { Manifest } from '../format/types.ts'
import { indexFields } from './file-columns.ts'

/** Bytes a column takes in Arrow buffers over all live rows. */
export interface ArrowBytes {
  readonly bytes: number
  readonly isEstimated: boolean
}

/** Live rows of a version. */
export function countLiveRows({ fragments }: Manifest): number {
  return fragments.reduce((sum, it) => sum + it.physicalRows - (it.deletion?.deletedRows ?? 0), 0)
}

/**
 * Exact sizes of the leaves whose values all have the same size: the values, and a bit a row where the column may be
 * null. Leaves inside lists and maps are missing: how many items there are is known to the data alone.
 */
export function fixedArrowBytes(schema: readonly SchemaField[], rows: number): ReadonlyMap<number, ArrowBytes> {
  const sizes = new Map<number, ArrowBytes>()
  const visit = (field: SchemaField, values: number): void => {
    if (field.children.length > 0) {
      const items = itemsPerRow(field)
      if (items !== undefined) for (const child of field.children) visit(child, values * items)
      return
    }
    const bits = bitsOfType(field.logicalType)
    if (bits === undefined) return
    const validity = field.nullable && bits > 0 ? Math.ceil(values / 8) : 0
    sizes.set(field.id, { bytes: Math.ceil((values * bits) / 8) + validity, isEstimated: false })
  }
  for (const field of schema) if (field.kind !== 'blob') visit(field, rows)
  return sizes
}

/** Top-level columns some of whose leaves are of no fixed size: only their rows tell. Blobs are never read. */
export function columnsToSample(manifest: Manifest, fixed: ReadonlyMap<number, ArrowBytes>): readonly SchemaField[] {
  return manifest.schema.filter((column) => {
    if (column.kind === 'blob') return false
    const leaves = [...indexFields([column]).fields.values()].filter((field) => field.children.length === 0)
    return leaves.some((leaf) => !fixed.has(leaf.id))
  })
}

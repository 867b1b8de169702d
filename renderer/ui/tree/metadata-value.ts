import type { ExactValue } from '#shared/model/arrow/index.ts'
import type { MetadataTree } from '#shared/model/metadata.ts'

/** Decoded metadata as a value the tree shows. Children are read when they are unfolded. */
export function toTreeValue(tree: MetadataTree): ExactValue {
  if (tree === null) return { kind: 'null' }
  if (typeof tree === 'boolean') return { kind: 'boolean', value: tree }
  if (typeof tree === 'string') return { kind: 'string', value: tree }
  if (typeof tree === 'number') {
    return Number.isInteger(tree)
      ? { kind: 'integer', value: tree }
      : { kind: 'float', value: tree, precision: 'float64' }
  }
  if (isList(tree)) {
    return { kind: 'list', length: tree.length, item: (index) => toTreeValue(tree[index] ?? null) }
  }
  const names = Object.keys(tree)
  return { kind: 'struct', names, field: (index) => toTreeValue(tree[names[index] ?? ''] ?? null) }
}

function isList(tree: MetadataTree): tree is readonly MetadataTree[] {
  return Array.isArray(tree)
}

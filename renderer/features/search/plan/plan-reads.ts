import { formatBytes, formatNoun } from '#shared/model/format.ts'
import type { PlanNode } from '#shared/model/search.ts'

/** What a measured plan says of reading. */
export interface PlanReads {
  readonly bytes: number
  readonly requests: number
  /** Partitions of vector indices searched; absent where no node tells them. */
  readonly partitions?: number
  /** False when an index was loaded whose reads Lance does not count: those of text and of scalar values. */
  readonly isWhole: boolean
}

/** Sums what the nodes read themselves; undefined when none of them tells bytes. */
export function planReads(root: PlanNode): PlanReads | undefined {
  const nodes = flatten(root)
  const sum = (figure: 'bytes' | 'requests' | 'partitions', of = nodes): number | undefined => {
    const told = of.flatMap((node) => node[figure] ?? [])
    return told.length === 0 ? undefined : told.reduce((total, value) => total + value, 0)
  }
  const bytes = sum('bytes')
  if (bytes === undefined) return undefined
  const partitions = sum(
    'partitions',
    nodes.filter(({ name }) => name.startsWith('ANN')),
  )
  const isWhole = nodes.every(({ bytes: read, metrics }) => read !== 0 || Number(metrics['parts_loaded'] ?? 0) === 0)
  return { bytes, requests: sum('requests') ?? 0, isWhole, ...(partitions === undefined ? {} : { partitions }) }
}

/** `8 partitions, 1.2 MB in 14 requests when run again`. What was read before is kept in memory and not read again. */
export function readsText(reads: PlanReads | undefined): string {
  if (reads === undefined) return 'Lance tells no bytes for this search'
  const { bytes, requests, partitions, isWhole } = reads
  const looked = partitions === undefined ? '' : `${formatNoun(partitions, 'partition')}, `
  if (bytes === 0 && isWhole) return `${looked}nothing read when run again: it was in memory`
  const least = isWhole ? '' : 'at least '
  return `${looked}${least}${formatBytes(bytes)} in ${formatNoun(requests, 'request')} when run again`
}

function flatten(node: PlanNode): readonly PlanNode[] {
  return [node, ...node.children.flatMap(flatten)]
}

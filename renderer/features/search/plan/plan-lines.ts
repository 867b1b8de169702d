import type { PlanNode } from '#shared/model/search.ts'

/** A node of a plan as a line of a list. */
export interface PlanLine {
  /** Place in the tree: `0.1.0`. */
  readonly path: string
  readonly depth: number
  readonly node: PlanNode
  /** Part of the longest time of any node, from 0 to 1; absent where times were not measured. */
  readonly share?: number
}

/** The nodes of a plan, parents before children. */
export function planLines(root: PlanNode): readonly PlanLine[] {
  const lines: PlanLine[] = []
  const visit = (node: PlanNode, path: string, depth: number): void => {
    lines.push({ path, depth, node })
    node.children.forEach((child, index) => visit(child, `${path}.${index}`, depth + 1))
  }
  visit(root, '0', 0)
  const longest = Math.max(...lines.map(({ node }) => node.computeMs ?? 0))
  if (longest <= 0) return lines
  return lines.map((line) =>
    line.node.computeMs === undefined ? line : { ...line, share: line.node.computeMs / longest },
  )
}

import type { BranchEntry, TagEntry } from '#shared/model/version.ts'

/** One version worth drawing: where a branch starts or ends, one that is tagged, or the one on screen. */
export interface LineageNode {
  readonly version: number
  /** Position of its version among all versions drawn, from the left. */
  readonly column: number
  readonly isNewest: boolean
  readonly isShown: boolean
  readonly tags: readonly string[]
  /** Branches that start here. */
  readonly starts: readonly string[]
}

/** One branch as a line from left to right. */
export interface Lane {
  /** Null = main. */
  readonly branch: BranchEntry | null
  readonly name: string
  /** Levels below main. */
  readonly depth: number
  /** The lane it starts on and where; null for main, and for branches whose parent is gone. */
  readonly start: { readonly lane: number; readonly column: number } | null
  readonly nodes: readonly LineageNode[]
}

export interface Lineage {
  /** Versions drawn, ascending; each has a column. */
  readonly versions: readonly number[]
  readonly lanes: readonly Lane[]
  /** Tags of older versions that are not drawn: there are too many to read. */
  readonly tagsLeftOut: number
}

export interface LineageInput {
  readonly branches: readonly BranchEntry[]
  readonly tags: readonly TagEntry[]
  /** Null while it is not known. */
  readonly newestOfMain: number | null
  readonly shown: { readonly branch?: string; readonly version: number }
}

/** Most tags drawn. The list of tags has all of them. */
const TAGS_MAX = 200

/**
 * Lanes from top to bottom: main, then each branch right below its parent, those that start later first. That order
 * crosses no lines: a line down to a lane passes only lanes that begin further right.
 */
export function toLineage(input: LineageInput): Lineage {
  const order = laneOrder(input.branches)
  const readable = input.tags.filter((tag) => tag.problem === undefined)
  const tags = readable.toSorted((a, b) => b.version - a.version).slice(0, TAGS_MAX)
  const marked = order.map(({ branch }) => markedVersions({ ...input, tags }, branch))
  const versions = [...new Set(marked.flatMap((lane) => [...lane.keys()]))].sort((a, b) => a - b)
  const columns = new Map(versions.map((version, column) => [version, column]))
  const lanes = order.map(({ branch, depth }, index): Lane => {
    const parentLane = branch === null ? -1 : order.findIndex((other) => nameOf(other.branch) === parentOf(branch))
    const column = branch === null ? undefined : columns.get(branch.parentVersion)
    return {
      branch,
      name: nameOf(branch),
      depth,
      start: parentLane < 0 || column === undefined ? null : { lane: parentLane, column },
      nodes: [...(marked[index] ?? [])]
        .sort(([a], [b]) => a - b)
        .map(([version, mark]) => ({ version, column: columns.get(version) ?? 0, ...mark })),
    }
  })
  return { versions, lanes, tagsLeftOut: readable.length - tags.length }
}

interface Ordered {
  readonly branch: BranchEntry | null
  readonly depth: number
}

function laneOrder(branches: readonly BranchEntry[]): readonly Ordered[] {
  const placed: Ordered[] = [{ branch: null, depth: 0 }]
  const seen = new Set<string>()
  const addChildren = (parent: string, depth: number): void => {
    branches
      .filter((branch) => branch.problem === undefined && parentOf(branch) === parent && !seen.has(branch.name))
      .toSorted((a, b) => b.parentVersion - a.parentVersion || a.name.localeCompare(b.name))
      .forEach((branch) => {
        // A ring of parents can only come from damaged files; each branch is drawn once all the same.
        if (seen.has(branch.name)) return
        seen.add(branch.name)
        placed.push({ branch, depth })
        addChildren(branch.name, depth + 1)
      })
  }
  addChildren('main', 1)
  const orphans = branches.filter((branch) => !seen.has(branch.name))
  return [...placed, ...orphans.map((branch) => ({ branch, depth: 0 }))]
}

type Mark = Omit<LineageNode, 'version' | 'column'>

function markedVersions(input: LineageInput, branch: BranchEntry | null): Map<number, Mark> {
  const { branches, tags, newestOfMain, shown } = input
  const name = nameOf(branch)
  const marks = new Map<number, Mark>()
  const mark = (version: number, change: (mark: Mark) => Mark): void => {
    marks.set(version, change(marks.get(version) ?? { isNewest: false, isShown: false, tags: [], starts: [] }))
  }
  if (branch?.problem !== undefined) return marks
  const newest = branch === null ? newestOfMain : branch.latestVersion
  if (newest !== null) mark(newest, (it) => ({ ...it, isNewest: true }))
  for (const child of branches) {
    if (child.problem !== undefined || parentOf(child) !== name) continue
    mark(child.parentVersion, (it) => ({ ...it, starts: [...it.starts, child.name] }))
  }
  for (const tag of tags) {
    if ((tag.branch ?? 'main') === name) mark(tag.version, (it) => ({ ...it, tags: [...it.tags, tag.name] }))
  }
  if ((shown.branch ?? 'main') === name) mark(shown.version, (it) => ({ ...it, isShown: true }))
  return marks
}

function nameOf(branch: BranchEntry | null): string {
  return branch?.name ?? 'main'
}

function parentOf(branch: BranchEntry): string {
  return branch.parentBranch ?? 'main'
}

import type { Refs } from '#renderer/features/history/index.ts'
import { type AxisView, indexOfVersion, type TimelineModel, toX } from './model.ts'

/** Names that stand at one version: its tags, and the branches that start there. */
export interface Flag {
  /** Of the version in the model. */
  readonly index: number
  readonly tags: readonly string[]
  readonly branches: readonly string[]
}

/** Flags close to each other, under one label. */
export interface FlagLabel {
  /** Of the first pole, and of the label's left edge. */
  readonly x: number
  readonly left: number
  readonly width: number
  readonly text: string
  readonly kind: 'tag' | 'branch'
  /** Poles of every flag under this label. */
  readonly poles: readonly number[]
}

/** The flags of a branch, by position. */
export function flagsOf(model: TimelineModel, refs: Refs | undefined, branch: string | undefined): readonly Flag[] {
  const flags = new Map<number, { tags: string[]; branches: string[] }>()
  const at = (version: number): { tags: string[]; branches: string[] } | undefined => {
    const index = indexOfVersion(model, version)
    if (index === undefined) return undefined
    const flag = flags.get(index) ?? { tags: [], branches: [] }
    flags.set(index, flag)
    return flag
  }
  for (const tag of refs?.tags ?? []) {
    if (tag.problem === undefined && tag.branch === branch) at(tag.version)?.tags.push(tag.name)
  }
  for (const child of refs?.branches ?? []) {
    if (child.problem === undefined && child.parentBranch === branch) at(child.parentVersion)?.branches.push(child.name)
  }
  return [...flags].map(([index, flag]) => ({ index, ...flag })).sort((a, b) => a.index - b.index)
}

const PADDING_PX = 10
const GAP_PX = 4
/** Longest name written out, in characters. */
const NAME_MAX = 22

/**
 * Labels that never overlap: a flag whose label would touch the one before joins it, and the label counts those it does
 * not name. Labels lean left where the plot ends.
 */
export function layoutFlags(
  flags: readonly Flag[],
  model: TimelineModel,
  view: AxisView,
  width: number,
  measure: (text: string) => number,
): readonly FlagLabel[] {
  const labels: FlagLabel[] = []
  const groups: Flag[][] = []
  const labelOf = (group: readonly Flag[]): FlagLabel => {
    const poles = group.map((flag) => toX(view, width, model.positions[flag.index] ?? 0))
    const names = group.flatMap((flag) => [...flag.tags, ...flag.branches])
    const [first = ''] = names
    const text = names.length > 1 ? `${cut(first)} +${names.length - 1}` : cut(first)
    const labelWidth = Math.ceil(measure(text)) + PADDING_PX
    const x = poles[0] ?? 0
    return {
      x,
      left: Math.max(0, Math.min(x, width - labelWidth)),
      width: labelWidth,
      text,
      kind: group.some((flag) => flag.tags.length > 0) ? 'tag' : 'branch',
      poles,
    }
  }
  for (const flag of flags) {
    const x = toX(view, width, model.positions[flag.index] ?? 0)
    if (x < 0 || x > width) continue
    let group: Flag[] = [flag]
    let label = labelOf(group)
    // Joining widens a label and may move it left, into the one before.
    for (
      let before = labels.at(-1);
      before !== undefined && label.left < before.left + before.width + GAP_PX;
      before = labels.at(-1)
    ) {
      group = [...(groups.pop() ?? []), ...group]
      labels.pop()
      label = labelOf(group)
    }
    labels.push(label)
    groups.push(group)
  }
  return labels
}

function cut(name: string): string {
  return name.length > NAME_MAX ? `${name.slice(0, NAME_MAX - 1)}…` : name
}

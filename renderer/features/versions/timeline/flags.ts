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

/** Flags under one label while labels are laid out. */
interface Group {
  readonly name: string
  readonly nameWidth: number
  readonly kind: FlagLabel['kind']
  readonly poles: number[]
  /** Names under the label. */
  count: number
}

/**
 * Labels that never overlap: a flag whose label would touch the one before joins it, and the label counts those it does
 * not name. Labels lean left where the plot ends. Histories with thousands of tags are laid out with every painting, so
 * a flag costs a few additions and few texts are measured.
 */
export function layoutFlags(
  flags: readonly Flag[],
  model: TimelineModel,
  view: AxisView,
  width: number,
  measure: (text: string) => number,
): readonly FlagLabel[] {
  const groups: Group[] = []
  const [plus, digit] = [measure(' +'), measure('0')]
  const widthOf = ({ nameWidth, count }: Group): number =>
    Math.ceil(nameWidth + (count > 1 ? plus + digit * String(count - 1).length : 0)) + PADDING_PX
  const leftOf = (group: Group): number => Math.max(0, Math.min(group.poles[0] ?? 0, width - widthOf(group)))
  const overlaps = (before: Group, left: number): boolean => left < leftOf(before) + widthOf(before) + GAP_PX
  for (const flag of flags) {
    const x = toX(view, width, model.positions[flag.index] ?? 0)
    if (x < 0 || x > width) continue
    let last = groups.at(-1)
    if (last !== undefined && overlaps(last, x)) {
      last.poles.push(x)
      last.count += flag.tags.length + flag.branches.length
    } else {
      last = toGroup(flag, x, measure)
      groups.push(last)
    }
    // A label at the end of the plot leans left, and a joined one is wider: either may reach the one before.
    for (let before = groups.at(-2); before !== undefined && overlaps(before, leftOf(last)); before = groups.at(-2)) {
      groups.pop()
      for (const pole of last.poles) before.poles.push(pole)
      before.count += last.count
      last = before
    }
  }
  return groups.map((group) => ({
    x: group.poles[0] ?? 0,
    left: leftOf(group),
    width: widthOf(group),
    text: group.count > 1 ? `${group.name} +${group.count - 1}` : group.name,
    kind: group.kind,
    poles: group.poles,
  }))
}

function toGroup({ tags, branches }: Flag, x: number, measure: (text: string) => number): Group {
  const full = tags[0] ?? branches[0] ?? ''
  const name = full.length > NAME_MAX ? `${full.slice(0, NAME_MAX - 1)}…` : full
  const kind = tags.length > 0 ? 'tag' : 'branch'
  return { name, nameWidth: measure(name), kind, poles: [x], count: tags.length + branches.length }
}

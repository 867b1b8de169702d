import { formatCount } from '#shared/model/format.ts'
import { hierarchy, type HierarchyRectangularNode, treemap, treemapSquarify } from 'd3-hierarchy'

/** Something with a size. */
export interface TreemapLeaf {
  /** Unique in the tree. */
  readonly id: string
  readonly label: string
  /** Decides the area; leaves of 0 or less take no place. */
  readonly value: number
  /** The value for people, second line of a tile that has room. */
  readonly detail?: string
  /** Any CSS colour, best a token such as `var(--op-index)`; absent = its group's. */
  readonly colour?: string
  /** Hatched as well as coloured, so that what needs attention does not hang on hue alone. */
  readonly isMarked?: boolean
  /** Said on hover and by screen readers. */
  readonly sentence: string
}

/** Things that belong together; as large as its children. */
export interface TreemapGroup {
  readonly id: string
  readonly label: string
  readonly colour?: string
  readonly sentence: string
  readonly children: readonly TreemapNode[]
}

export type TreemapNode = TreemapLeaf | TreemapGroup

/** A rectangle in px. */
export interface TreemapTile {
  readonly kind: 'leaf' | 'group' | 'rest'
  readonly id: string
  readonly label: string
  readonly detail: string | undefined
  readonly sentence: string
  readonly colour: string | undefined
  readonly isMarked: boolean
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** Id of the group around it; undefined at the top. */
  readonly group: string | undefined
}

export interface TreemapOptions {
  readonly width: number
  readonly height: number
  /** Leaves drawn one by one; the smaller ones of each group become one tile. */
  readonly limit: number
  /** Sentence of such a tile. */
  readonly describeRest: (count: number, value: number) => string
}

/** Height of a group's name in px; groups lower than twice this go without. */
const GROUP_HEADER = 18

interface Folded {
  readonly node: TreemapNode
  readonly isRest: boolean
  readonly children: readonly Folded[] | undefined
}

/** Squarified tiles, groups before what lies in them, larger before smaller, what is folded last. */
export function layoutTreemap(nodes: readonly TreemapNode[], options: TreemapOptions): readonly TreemapTile[] {
  if (options.width < 2 || options.height < 2) return []
  const group: TreemapGroup = { id: '', label: '', sentence: '', children: nodes }
  const root = hierarchy<Folded>(fold(group, smallestShown(nodes, options.limit), options), (node) => node.children)
    .sum(({ node }) => ('children' in node ? 0 : Math.max(0, node.value)))
    // What is folded may be the most; as the first tile it would look like the largest part.
    .sort((a, b) => Number(a.data.isRest) - Number(b.data.isRest) || (b.value ?? 0) - (a.value ?? 0))
  if ((root.value ?? 0) === 0) return []
  const layout = treemap<Folded>()
    .size([options.width, options.height])
    .tile(treemapSquarify)
    .paddingInner(1)
    .paddingOuter((node) => (node.depth === 0 ? 0 : 2))
    .paddingTop((node) => (node.depth === 0 ? 0 : GROUP_HEADER))
  return layout(root).descendants().slice(1).map(toTile).filter(isVisible)
}

function toTile(rectangle: HierarchyRectangularNode<Folded>): TreemapTile {
  const { node, isRest } = rectangle.data
  const isGroup = 'children' in node
  const parent = rectangle.parent?.data.node.id
  return {
    kind: isRest ? 'rest' : isGroup ? 'group' : 'leaf',
    id: node.id,
    label: node.label,
    detail: isGroup ? undefined : node.detail,
    sentence: node.sentence,
    colour: rectangle.ancestors().find(({ data }) => data.node.colour !== undefined)?.data.node.colour,
    isMarked: !isGroup && node.isMarked === true,
    left: rectangle.x0,
    top: rectangle.y0,
    width: rectangle.x1 - rectangle.x0,
    height: rectangle.y1 - rectangle.y0,
    group: parent === '' ? undefined : parent,
  }
}

/** Padding can leave nothing of a sliver. */
function isVisible({ width, height }: TreemapTile): boolean {
  return width > 0 && height > 0
}

/** Value a leaf needs to be drawn by itself when only `limit` may be. */
function smallestShown(nodes: readonly TreemapNode[], limit: number): number {
  const values = nodes
    .flatMap(leavesOf)
    .map(({ value }) => value)
    .toSorted((a, b) => b - a)
  return values.length <= limit ? 0 : (values[limit - 1] ?? 0)
}

function leavesOf(node: TreemapNode): readonly TreemapLeaf[] {
  return 'children' in node ? node.children.flatMap(leavesOf) : [node]
}

function fold(node: TreemapNode, smallest: number, options: TreemapOptions): Folded {
  if (!('children' in node)) return { node, isRest: false, children: undefined }
  const kept = node.children.filter((child) => 'children' in child || child.value >= smallest)
  const rest = node.children.flatMap((child) => ('children' in child || child.value >= smallest ? [] : [child]))
  const only = rest.length === 1 ? rest[0] : undefined
  const children = (only === undefined ? kept : [...kept, only]).map((child) => fold(child, smallest, options))
  if (rest.length < 2) return { node, isRest: false, children }
  const value = rest.reduce((sum, leaf) => sum + Math.max(0, leaf.value), 0)
  const leaf: TreemapLeaf = {
    id: `${node.id}/rest`,
    label: `${formatCount(rest.length)} smaller`,
    value,
    sentence: options.describeRest(rest.length, value),
  }
  return { node, isRest: false, children: [...children, { node: leaf, isRest: true, children: undefined }] }
}

/** The tile an arrow key leads to: the nearest one whose middle lies that way, preferring straight ahead. */
export function neighbourTile(
  tiles: readonly TreemapTile[],
  from: TreemapTile,
  key: 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown',
): TreemapTile | undefined {
  const isSideways = key === 'ArrowLeft' || key === 'ArrowRight'
  const sign = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1
  let best: TreemapTile | undefined
  let bestCost = Number.POSITIVE_INFINITY
  for (const tile of tiles) {
    if (tile.id === from.id) continue
    const across = middleX(tile) - middleX(from)
    const down = middleY(tile) - middleY(from)
    const ahead = sign * (isSideways ? across : down)
    if (ahead <= 0) continue
    const cost = ahead + 2 * Math.abs(isSideways ? down : across)
    if (cost < bestCost) {
      best = tile
      bestCost = cost
    }
  }
  return best
}

const middleX = (tile: TreemapTile): number => tile.left + tile.width / 2
const middleY = (tile: TreemapTile): number => tile.top + tile.height / 2

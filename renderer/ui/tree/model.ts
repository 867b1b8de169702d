import { type ExactValue, formatCell, type TextTone } from '#shared/model/arrow/index.ts'

/** One visible line of the tree. `path` identifies it: child indices joined by `.`. */
export type TreeLine =
  | {
      readonly kind: 'value'
      readonly path: string
      /** 1-based, as `aria-level`. */
      readonly level: number
      readonly label: string
      readonly text: string
      readonly tone: TextTone
      readonly note?: string
      /** Null for leaves. */
      readonly expanded: boolean | null
      readonly value: ExactValue
    }
  /** Stands for the items not listed yet. */
  | {
      readonly kind: 'more'
      readonly path: string
      readonly parent: string
      readonly level: number
      readonly remaining: number
    }

export interface TreeState {
  readonly expanded: ReadonlySet<string>
  /** Items listed under a node, where more than the first {@link ITEMS_STEP} were asked for. */
  readonly shown: Readonly<Record<string, number>>
}

/** Items listed at a time: a list of ten thousand opens at once and grows on demand. */
export const ITEMS_STEP = 100
/** Characters of a value shown on one line. */
const LINE_LENGTH = 300

export const CLOSED_TREE: TreeState = { expanded: new Set(), shown: {} }

export interface TreeChild {
  readonly label: string
  readonly value: ExactValue
}

/** Number of children of a nested value; 0 for everything else. Vectors are shown whole elsewhere. */
export function childCount(value: ExactValue): number {
  if (value.kind === 'struct') return value.names.length
  return value.kind === 'list' || value.kind === 'map' ? value.length : 0
}

/** The child at a 0-based index. */
export function childAt(value: ExactValue, index: number): TreeChild {
  if (value.kind === 'struct') return { label: value.names[index] ?? '', value: value.field(index) }
  if (value.kind === 'list') return { label: String(index), value: value.item(index) }
  if (value.kind === 'map') return { label: formatCell(value.key(index), 80).text, value: value.value(index) }
  return { label: '', value: { kind: 'null' } }
}

/** Lines of the children of a value, opened as the state says. The value itself is no line. */
export function treeLines(root: ExactValue, state: TreeState): readonly TreeLine[] {
  const lines: TreeLine[] = []
  appendChildren(lines, root, '', 1, state)
  return lines
}

function appendChildren(lines: TreeLine[], parent: ExactValue, path: string, level: number, state: TreeState): void {
  const count = childCount(parent)
  const shown = Math.min(count, state.shown[path] ?? ITEMS_STEP)
  for (let index = 0; index < shown; index++) {
    const child = childAt(parent, index)
    const childPath = joinPath(path, index)
    const isOpen = state.expanded.has(childPath)
    const { text, tone, note } = formatCell(child.value, LINE_LENGTH)
    lines.push({
      kind: 'value',
      path: childPath,
      level,
      label: child.label,
      text,
      tone,
      ...(note === undefined ? {} : { note }),
      expanded: childCount(child.value) === 0 ? null : isOpen,
      value: child.value,
    })
    if (isOpen) appendChildren(lines, child.value, childPath, level + 1, state)
  }
  if (shown < count)
    lines.push({ kind: 'more', path: joinPath(path, 'more'), parent: path, level, remaining: count - shown })
}

export function withToggled(state: TreeState, path: string, open: boolean): TreeState {
  const expanded = new Set(state.expanded)
  if (open) expanded.add(path)
  else expanded.delete(path)
  return { ...state, expanded }
}

/** Lists ten times as many items under a node as before. */
export function withMore(state: TreeState, parent: string): TreeState {
  return { ...state, shown: { ...state.shown, [parent]: (state.shown[parent] ?? ITEMS_STEP) * 10 } }
}

export function joinPath(parent: string, index: number | string): string {
  return parent === '' ? String(index) : `${parent}.${index}`
}

/** The path of the line a line hangs under; empty at the top. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')))
}

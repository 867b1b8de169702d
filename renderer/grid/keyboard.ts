import type { GridSize } from './selection.ts'
import type { CellPosition } from './types.ts'

export type MoveName =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'page-up'
  | 'page-down'
  | 'first-row'
  | 'last-row'
  | 'first-column'
  | 'last-column'
  | 'first-cell'
  | 'last-cell'

export type KeyCommand =
  | { readonly kind: 'move'; readonly move: MoveName; readonly extend: boolean }
  | {
      readonly kind:
        'open' | 'copy' | 'collapse' | 'menu' | 'header-menu' | 'select-all' | 'select-row' | 'select-column'
    }

interface KeyBinding {
  readonly key: string
  /** Ctrl, or Cmd on macOS. */
  readonly mod?: true
  readonly shift?: true
  readonly alt?: true
  readonly does: MoveName | Exclude<KeyCommand['kind'], 'move'>
  readonly help: string
}

/** Every key the grid knows. Moves also take Shift, which stretches the selection. */
export const KEY_TABLE: readonly KeyBinding[] = [
  { key: 'ArrowUp', does: 'up', help: 'One row up' },
  { key: 'ArrowDown', does: 'down', help: 'One row down' },
  { key: 'ArrowLeft', does: 'left', help: 'One column left' },
  { key: 'ArrowRight', does: 'right', help: 'One column right' },
  { key: 'PageUp', does: 'page-up', help: 'One screen up' },
  { key: 'PageDown', does: 'page-down', help: 'One screen down' },
  { key: 'Home', does: 'first-column', help: 'First column' },
  { key: 'End', does: 'last-column', help: 'Last column' },
  { key: 'ArrowUp', mod: true, does: 'first-row', help: 'First row' },
  { key: 'ArrowDown', mod: true, does: 'last-row', help: 'Last row' },
  { key: 'ArrowLeft', mod: true, does: 'first-column', help: 'First column' },
  { key: 'ArrowRight', mod: true, does: 'last-column', help: 'Last column' },
  { key: 'Home', mod: true, does: 'first-cell', help: 'First cell' },
  { key: 'End', mod: true, does: 'last-cell', help: 'Last cell' },
  { key: 'Enter', does: 'open', help: 'Show the row' },
  { key: 'c', mod: true, does: 'copy', help: 'Copy the selection' },
  { key: 'a', mod: true, does: 'select-all', help: 'Select everything' },
  { key: ' ', shift: true, does: 'select-row', help: 'Select the row' },
  { key: ' ', mod: true, does: 'select-column', help: 'Select the column' },
  { key: 'Escape', does: 'collapse', help: 'Select the active cell only' },
  { key: 'ContextMenu', does: 'menu', help: 'Menu of the cell' },
  { key: 'F10', shift: true, does: 'menu', help: 'Menu of the cell' },
  { key: 'ArrowDown', alt: true, does: 'header-menu', help: 'Menu of the column' },
]

/** The parts of a keyboard event that choose a command. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

export function commandFor(press: KeyPress): KeyCommand | undefined {
  const mod = press.ctrlKey || press.metaKey
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key
  const binding = KEY_TABLE.find(
    (candidate) =>
      candidate.key === key &&
      (candidate.mod ?? false) === mod &&
      (candidate.alt ?? false) === press.altKey &&
      (isMove(candidate.does) || (candidate.shift ?? false) === press.shiftKey),
  )
  if (binding === undefined) return undefined
  return isMove(binding.does) ? { kind: 'move', move: binding.does, extend: press.shiftKey } : { kind: binding.does }
}

/** Where a move leads, kept inside the grid. */
export function moveTarget(from: CellPosition, move: MoveName, size: GridSize, pageRows: number): CellPosition {
  const [row, column] = rawTarget(from, move, size, pageRows)
  return {
    row: Math.max(0, Math.min(size.rowCount - 1, row)),
    column: Math.max(0, Math.min(size.columnCount - 1, column)),
  }
}

function rawTarget({ row, column }: CellPosition, move: MoveName, size: GridSize, page: number): [number, number] {
  switch (move) {
    case 'up':
      return [row - 1, column]
    case 'down':
      return [row + 1, column]
    case 'left':
      return [row, column - 1]
    case 'right':
      return [row, column + 1]
    case 'page-up':
      return [row - page, column]
    case 'page-down':
      return [row + page, column]
    case 'first-row':
      return [0, column]
    case 'last-row':
      return [size.rowCount - 1, column]
    case 'first-column':
      return [row, 0]
    case 'last-column':
      return [row, size.columnCount - 1]
    case 'first-cell':
      return [0, 0]
    case 'last-cell':
      return [size.rowCount - 1, size.columnCount - 1]
  }
}

const MOVES: ReadonlySet<string> = new Set<MoveName>([
  'up',
  'down',
  'left',
  'right',
  'page-up',
  'page-down',
  'first-row',
  'last-row',
  'first-column',
  'last-column',
  'first-cell',
  'last-cell',
])

function isMove(does: KeyBinding['does']): does is MoveName {
  return MOVES.has(does)
}

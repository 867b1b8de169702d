import { parentPath, type TreeLine } from './model.ts'

/** What a key does in the tree: move to a line, or unfold, fold or list more at one. */
export type TreeStep =
  { readonly kind: 'move'; readonly path: string } | { readonly kind: 'activate'; readonly line: TreeLine }

/** The WAI-ARIA tree keys; null for keys the tree leaves alone. */
export function nextTreeStep(key: string, active: string, lines: readonly TreeLine[]): TreeStep | null {
  const index = Math.max(
    0,
    lines.findIndex((line) => line.path === active),
  )
  const line = lines[index]
  if (line === undefined) return null
  const move = (target: TreeLine | undefined): TreeStep | null =>
    target === undefined ? null : { kind: 'move', path: target.path }
  const expanded = line.kind === 'value' ? line.expanded : null
  switch (key) {
    case 'ArrowDown':
      return move(lines[index + 1])
    case 'ArrowUp':
      return move(lines[index - 1])
    case 'Home':
      return move(lines[0])
    case 'End':
      return move(lines.at(-1))
    case 'ArrowRight':
      if (expanded === false) return { kind: 'activate', line }
      return expanded === true ? move(lines[index + 1]) : null
    case 'ArrowLeft':
      if (expanded === true) return { kind: 'activate', line }
      return move(lines.find((candidate) => candidate.path === parentPath(line.path)))
    case 'Enter':
    case ' ':
      return expanded === null && line.kind === 'value' ? null : { kind: 'activate', line }
    default:
      return null
  }
}

/** Where a key leads in rows 0 to `last`, `pageRows` being as many as are in sight; undefined for keys that do not move. */
export function indexForKey(key: string, index: number, last: number, pageRows: number): number | undefined {
  const clamp = (to: number): number => Math.min(last, Math.max(0, to))
  switch (key) {
    case 'ArrowDown':
      return clamp(index + 1)
    case 'ArrowUp':
      return clamp(index - 1)
    case 'PageDown':
      return clamp(index + pageRows)
    case 'PageUp':
      return clamp(index - pageRows)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return undefined
  }
}

/** Where a key leads in a list of lines 0 to `last`; −1 is before the first. Undefined for other keys. */
export function indexForKey(key: string, index: number, last: number, page: number): number | undefined {
  if (last < 0) return undefined
  const clamp = (to: number): number => Math.min(last, Math.max(0, to))
  switch (key) {
    case 'ArrowDown':
      return clamp(index + 1)
    case 'ArrowUp':
      return clamp(index - 1)
    case 'PageDown':
      return clamp(index + page)
    case 'PageUp':
      return clamp(index - page)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return undefined
  }
}

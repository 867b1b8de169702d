import { type ExactValue, formatCell } from '#shared/model/arrow/index.ts'
import { childAt, childCount, ITEMS_STEP, joinPath, type TreeState } from './model.ts'

/** Values looked at in one search: enough for any row, bounded for lists of millions. */
const VISITS_MAX = 20_000
const TEXT_LENGTH = 2000

export interface TreeMatches {
  /** Paths of the matching lines. */
  readonly paths: ReadonlySet<string>
  /** Tree opened as far as the matches need. */
  readonly state: TreeState
  /** True when there was more to look at than the search was allowed to. */
  readonly truncated: boolean
}

/** Finds labels and values that contain the text, upper and lower case alike. */
export function searchTree(root: ExactValue, needle: string): TreeMatches {
  const paths = new Set<string>()
  const expanded = new Set<string>()
  const shown: Record<string, number> = {}
  const wanted = needle.toLowerCase()
  let visits = 0

  const visit = (value: ExactValue, path: string): boolean => {
    let found = false
    const count = childCount(value)
    for (let index = 0; index < count; index++) {
      if (++visits > VISITS_MAX) return found
      const child = childAt(value, index)
      const childPath = joinPath(path, index)
      const isMatch = child.label.toLowerCase().includes(wanted) || matchesValue(child.value, wanted)
      if (isMatch) paths.add(childPath)
      const isInside = visit(child.value, childPath)
      if (isInside) expanded.add(childPath)
      if (!isMatch && !isInside) continue
      found = true
      if (index >= ITEMS_STEP) shown[path] = index + 1
    }
    return found
  }
  visit(root, '')
  return { paths, state: { expanded, shown }, truncated: visits > VISITS_MAX }
}

/** True when the text of a value that is no list, struct or map contains the (lower-case) text. */
function matchesValue(value: ExactValue, wanted: string): boolean {
  if (childCount(value) > 0) return false
  const text = value.kind === 'string' ? value.value : formatCell(value, TEXT_LENGTH).text
  return text.toLowerCase().includes(wanted)
}

/** True when a field's name, its value, or anything inside contains the text. An empty text matches all. */
export function matchesField(name: string, value: ExactValue | undefined, needle: string): boolean {
  const wanted = needle.trim().toLowerCase()
  if (wanted === '' || name.toLowerCase().includes(wanted)) return true
  if (value === undefined) return false
  return matchesValue(value, wanted) || searchTree(value, wanted).paths.size > 0
}

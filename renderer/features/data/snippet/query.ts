import type { Ref } from '#shared/model/ref.ts'
import type { SortState } from '#renderer/grid/types.ts'

/** What a view shows, as code has to say it. */
export interface ViewQuery {
  readonly location: string
  readonly ref: Ref
  readonly filter: string
  readonly sort: readonly SortState[]
  /** Absent = all columns. */
  readonly columns?: readonly string[]
  readonly limit: number
}

/** How LanceDB reaches a dataset: the folder it connects to and the table's name. */
export interface TablePlace {
  readonly folder: string
  readonly table: string
}

/**
 * LanceDB opens `<folder>/<table>.lance` and takes names of letters, digits, `_`, `-`, `.` only;
 * null when this dataset's folder is called otherwise.
 */
export function tablePlace(location: string): TablePlace | null {
  const match = /^(.*[/\\])([A-Za-z0-9_.-]+)\.lance[/\\]?$/.exec(location)
  if (match?.[1] === undefined || match[2] === undefined) return null
  const folder = match[1].length > 1 ? match[1].replace(/[/\\]$/, '') : match[1]
  return { folder: /^[A-Za-z]:$/.test(folder) ? match[1] : folder, table: match[2] }
}

import { useMemo, useRef, useState } from 'react'
import type { FragmentEntry } from '#shared/model/fragment.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { withMark } from './marking.ts'

/** Fragments marked for something that is done to several. */
export interface Marks {
  readonly ids: ReadonlySet<number>
  /** Live rows of those marked. */
  readonly rows: number
  /** Marks or unmarks one; `isStretched`: all from the last one on, in the order shown. */
  toggle(id: number, shown: readonly number[], isStretched: boolean): void
  clear(): void
}

const NONE: ReadonlySet<number> = new Set()

/** Marks of the version a tab shows; those of another version or dataset are forgotten. */
export function useMarks({ dataset, branch, version }: DatasetTab, fragments: readonly FragmentEntry[] = []): Marks {
  const key = `${dataset} ${branch ?? ''} ${version}`
  const [marked, setMarked] = useState({ key, ids: NONE })
  const last = useRef<number | undefined>(undefined)
  const ids = marked.key === key ? marked.ids : NONE
  const rows = useMemo(
    () => (ids.size === 0 ? 0 : fragments.reduce((sum, { id, liveRows }) => sum + (ids.has(id) ? liveRows : 0), 0)),
    [ids, fragments],
  )
  return {
    ids,
    rows,
    toggle: (id, shown, isStretched) => {
      setMarked({ key, ids: withMark(ids, shown, id, isStretched ? last.current : undefined) })
      last.current = id
    },
    clear: () => setMarked({ key, ids: NONE }),
  }
}

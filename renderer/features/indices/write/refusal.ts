import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { useRefusal } from '#renderer/features/versions/index.ts'

/** Why no index can be built, dropped or extended from this tab; undefined when it can. */
export function useIndexRefusal(tab: DatasetTab): string | undefined {
  const readOnly = useRefusal(tab)
  return placeRefusal(tab) ?? readOnly
}

/** The part of it that depends on what the tab shows. Indices are written to the newest version of main only. */
export function placeRefusal({ branch, timeTravel, latestVersion }: DatasetTab): string | undefined {
  if (branch !== undefined) return `Indices are built on main. This tab shows branch ${branch}.`
  if (timeTravel) {
    return `This is an older version. Indices are built on the newest one: go back to version ${latestVersion} first.`
  }
  return undefined
}

import { useRefusal } from '#renderer/features/versions/index.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'

/** Why nothing can be embedded from this tab; undefined when it can. */
export function useEmbedRefusal(tab: DatasetTab): string | undefined {
  const readOnly = useRefusal(tab)
  return placeRefusal(tab) ?? readOnly
}

/** The part of it that depends on what the tab shows: vectors are written to the newest version of main only. */
export function placeRefusal({ branch, timeTravel, latestVersion }: DatasetTab): string | undefined {
  if (branch !== undefined) return `Vectors are written to main. This tab shows branch ${branch}.`
  if (timeTravel) {
    return `This is an older version. Vectors are written to the newest one: go back to version ${latestVersion} first.`
  }
  return undefined
}

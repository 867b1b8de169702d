import { useRefusal } from '#renderer/features/versions/index.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'

/** Why nothing can be maintained from this tab; undefined when it can. */
export function useMaintenanceRefusal(tab: DatasetTab): string | undefined {
  const readOnly = useRefusal(tab)
  return placeRefusal(tab) ?? readOnly
}

/** The part of it that depends on what the tab shows. Maintenance is of the newest version of main only. */
export function placeRefusal({ branch, timeTravel, latestVersion }: DatasetTab): string | undefined {
  if (branch !== undefined) return `Maintenance is of main. This tab shows branch ${branch}: switch to main first.`
  if (timeTravel) {
    return `This is an older version. Maintenance is of the newest one: go back to version ${latestVersion} first.`
  }
  return undefined
}

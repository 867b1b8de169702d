import { queryClient, useKnownSummary, versionKey, type DatasetTab } from '#renderer/features/workspace/index.ts'
import type { DatasetSummary } from '#shared/model/dataset.ts'

const READ_ONLY = 'This folder is read-only for Tiltyard, so nothing can be written to the dataset.'

/** Why nothing can be written to this tab's dataset; undefined when it can. */
export function useRefusal(tab: DatasetTab): string | undefined {
  return refusalOf(useKnownSummary(tab))
}

/** {@link useRefusal} for commands. */
export function refusal(tab: DatasetTab): string | undefined {
  return refusalOf(queryClient.getQueryData<DatasetSummary>(versionKey('summary', tab)))
}

/**
 * Why this tab cannot be where something is done to the newest version of main; undefined when it can. `deed` begins the
 * sentence, as in "Vectors are written to".
 */
export function mainRefusal({ branch, timeTravel, latestVersion }: DatasetTab, deed: string): string | undefined {
  if (branch !== undefined) return `${deed} main. This tab shows branch ${branch}: switch to main first.`
  if (timeTravel) return `This is an older version. ${deed} the newest one: go back to version ${latestVersion} first.`
  return undefined
}

/** {@link mainRefusal}, or that the folder is read-only. */
export function useMainRefusal(tab: DatasetTab, deed: string): string | undefined {
  const readOnly = useRefusal(tab)
  return mainRefusal(tab, deed) ?? readOnly
}

function refusalOf(summary: DatasetSummary | undefined): string | undefined {
  return summary?.readOnly === true ? READ_ONLY : undefined
}

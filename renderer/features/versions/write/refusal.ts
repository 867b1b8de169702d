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

function refusalOf(summary: DatasetSummary | undefined): string | undefined {
  return summary?.readOnly === true ? READ_ONLY : undefined
}

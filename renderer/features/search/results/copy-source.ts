import type { CopySource, LoadedPage } from '#renderer/features/data/index.ts'
import type { Ref } from '#shared/model/ref.ts'
import type { ResultSource } from './result-source.ts'

/** The rows found as a place to copy from: cells that came cut are fetched whole from the state that was searched. */
export function copySourceOf(source: ResultSource, dataset: string, at: Ref): CopySource {
  return {
    query: { dataset, at },
    fetchRows: async (offset, limit): Promise<LoadedPage> => source.page(offset, limit),
  }
}

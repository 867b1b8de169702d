import { useState } from 'react'
import { type DatasetTab, getApi, showCommit } from '#renderer/features/workspace/index.ts'
import { showToast } from '#renderer/ui/toasts.ts'
import { type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'
import type { EmbedderInfo } from '#shared/model/embedder.ts'

export interface Assign {
  /** Why nothing can be recorded from this tab; undefined when it can. */
  readonly refusal: string | undefined
  readonly isWorking: boolean
  readonly error: ErrorValue | null
  run(column: string, embedder: EmbedderInfo): void
}

/** Records an embedder for a column as a new version, and shows it. */
export function useAssign(tab: DatasetTab, isReadOnly: boolean): Assign {
  const [isWorking, setWorking] = useState(false)
  const [error, setError] = useState<ErrorValue | null>(null)
  const write = async (column: string, embedder: EmbedderInfo): Promise<void> => {
    setWorking(true)
    setError(null)
    try {
      const { dataset } = tab
      const made = await getApi().call('embedders.assign', { dataset, column, embedder: embedder.id })
      showCommit(dataset, undefined, made.versionAfter)
      showToast({
        title: `“${column}” remembers ${embedder.title}`,
        text: `Version ${made.versionAfter} says so in the metadata of the column.`,
      })
    } catch (thrown) {
      if (!isCancelled(thrown)) setError(toErrorValue(thrown))
    } finally {
      setWorking(false)
    }
  }
  return {
    refusal: refusalOf(tab, isReadOnly),
    isWorking,
    error,
    run: (column, embedder) => {
      if (!isWorking) void write(column, embedder)
    },
  }
}

function refusalOf({ branch, timeTravel, latestVersion }: DatasetTab, isReadOnly: boolean): string | undefined {
  if (isReadOnly) return 'This folder is read-only for Tiltyard, so nothing can be written to the dataset.'
  if (branch !== undefined) return `It is recorded on main. This tab shows branch ${branch}.`
  return timeTravel
    ? `This is an older version. It is recorded in the newest one: go back to version ${latestVersion} first.`
    : undefined
}

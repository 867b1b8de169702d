import { useMemo } from 'react'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import type { ErrorValue } from '#shared/errors.ts'
import { toErrorValue } from '#shared/errors.ts'
import type { ColumnEmbedder, EmbedderInfo } from '#shared/model/embedder.ts'
import type { Draft } from './draft.ts'
import { chooseEmbedder, type EmbedderChoice } from './embedder-choice.ts'
import { useColumnOrigins, useEmbedders } from './use-embedders.ts'

export interface UsedChoice extends EmbedderChoice {
  readonly embedders: readonly EmbedderInfo[]
  readonly columns: readonly ColumnEmbedder[]
  /** Why the choice is not known. */
  readonly error: ErrorValue | null
  retry(): void
}

/** {@link chooseEmbedder} for a form; asks nothing while the form starts from no text. */
export function useChoice(tab: DatasetTab, draft: Draft): UsedChoice {
  const isWanted = draft.source === 'text' && draft.mode !== 'text'
  const list = useEmbedders()
  const origins = useColumnOrigins(tab, isWanted)
  const { column, embedder } = draft
  const choice = useMemo(
    () => chooseEmbedder({ column, embedder }, list.data ?? [], origins.data ?? []),
    [column, embedder, list.data, origins.data],
  )
  const error = list.error ?? (isWanted ? origins.error : null)
  return {
    ...choice,
    embedders: list.data ?? [],
    columns: origins.data ?? [],
    error: error === null ? null : toErrorValue(error),
    retry: () => void Promise.all([list.refetch(), origins.refetch()]),
  }
}

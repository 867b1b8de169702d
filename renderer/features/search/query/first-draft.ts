import { getWorkspace } from '#renderer/features/workspace/index.ts'
import { type Draft, type Mode, NEW_DRAFT } from './draft.ts'

/** What the form of a dataset starts with: the row in the inspector, if there is one, as the row to start from. */
export function firstDraft(dataset: string, mode: Mode): Draft {
  const target = getWorkspace().inspected[dataset]
  const rowId = target?.kind === 'row' ? target.rowId : '0'
  return { ...NEW_DRAFT, mode, rowId }
}

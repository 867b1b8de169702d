import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import type { Capability } from './capability.ts'
import type { SearchDraft } from './search-draft.ts'

/** What every part of the form is given. */
export interface InputProps {
  readonly tab: DatasetTab
  readonly draft: SearchDraft
  readonly capability: Capability
  readonly onChange: (change: Partial<SearchDraft>) => void
  readonly onRun: () => void
}

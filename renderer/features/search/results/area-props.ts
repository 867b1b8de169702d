import type { LayoutControl } from '#renderer/features/data/index.ts'
import type { ViewProps } from '#renderer/features/workspace/index.ts'
import type { Capability } from '../query/capability.ts'
import type { SearchDraft } from '../query/search-draft.ts'
import type { SearchControl } from '../query/use-search.ts'

export interface ResultsAreaProps extends ViewProps {
  readonly search: SearchControl
  readonly layout: LayoutControl
  readonly capability: Capability
  readonly draft: SearchDraft
  /** Fills the form with an example and runs it. */
  readonly onExample: (change: Partial<SearchDraft>) => void
}

import { showView } from '#renderer/features/workspace/index.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { ComparedColumn } from './compare/bench-store.ts'
import { firstDraft } from './query/first-draft.ts'
import { changeDraft, getDraft } from './query/store.ts'
import { showSubView } from './sub-views.ts'

/** Opens the form of a search in a vector column, by a text where its embedder is known. */
export function searchColumn(dataset: string, column: string, embedder: string | undefined): void {
  const draft = getDraft(dataset) ?? firstDraft(dataset, 'vector')
  const source = embedder === undefined ? 'row' : 'text'
  changeDraft(dataset, { ...draft, mode: 'vector', source, column, embedder: embedder ?? '' })
  showSubView('query')
  showView(dataset, 'search')
}

/** Opens the comparison of the row in the inspector, else the first one, by several vector columns. */
export async function compareColumns(
  dataset: string,
  columns: readonly ComparedColumn[],
  schema: readonly SchemaField[],
): Promise<void> {
  // Part of the view, which is loaded when first shown.
  const { compareByColumns } = await import('./compare/bench-store.ts')
  compareByColumns(dataset, firstDraft(dataset, 'vector').rowId, columns, schema)
  showSubView('compare')
  showView(dataset, 'search')
}

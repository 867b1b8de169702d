import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  insertCompletionText,
} from '@codemirror/autocomplete'
import type { EditorView } from '@codemirror/view'
import type { SchemaField } from '#shared/model/schema.ts'
import { type CompletionItem, completionsFor, valueColumn, valueItems } from '../sql/completions.ts'
import { filterContext } from '../sql/filter-context.ts'

export interface ValueSample {
  readonly values: readonly string[]
  readonly complete: boolean
}

export interface CompletionData {
  schema(): readonly SchemaField[]
  /** Sampled values of a column as SQL literals; empty when there are none to offer. */
  values(column: string): Promise<ValueSample>
}

/** Completion of a Lance filter: values of the compared column first, then columns, functions and operators. */
export function completionSource(data: CompletionData) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const place = filterContext(context.state.doc.toString(), context.pos)
    if (place.kind === 'none') return null
    // Operators pop up on request or once typed, not behind every space.
    if (place.kind === 'operator' && place.prefix === '' && !context.explicit) return null
    if (place.kind === 'operand' && place.prefix === '' && !context.explicit && place.comparedWith === null) return null
    const items = completionsFor(place, data.schema())
    const column = valueColumn(place, data.schema())
    const sample = column === null ? undefined : await data.values(column)
    if (context.aborted) return null
    const values = sample === undefined ? [] : valueItems(sample.values, sample.complete)
    const options = [
      ...values.map((item, index) => toCompletion(item, 2 - index * STEP)),
      ...items.map((item, index) => toCompletion(item, boostOf(item) - index * STEP)),
    ]
    return options.length === 0
      ? null
      : { from: place.from, options, validFor: place.kind === 'string' ? /^'[^']*$/ : /^[`\w]*$/ }
  }
}

/** Keeps the order given, the schema's for columns, where CodeMirror would sort by name. */
const STEP = 0.0001

function boostOf(item: CompletionItem): number {
  return item.kind === 'column' ? 1 : item.kind === 'keyword' ? 0 : -1
}

function toCompletion(item: CompletionItem, boost: number): Completion {
  return {
    label: item.label,
    apply: item.kind === 'value' ? applyLiteral : item.insert,
    type: TYPES[item.kind],
    boost,
    ...(item.detail === undefined ? {} : { detail: item.detail }),
    ...(item.info === undefined ? {} : { info: item.info }),
  }
}

/** The editor closed the quote that was typed; the literal brings its own. */
function applyLiteral(view: EditorView, { label }: Completion, from: number, to: number): void {
  const hasQuote = label.endsWith("'") && view.state.sliceDoc(to, to + 1) === "'"
  view.dispatch(insertCompletionText(view.state, label, from, hasQuote ? to + 1 : to))
}

const TYPES = { column: 'property', function: 'function', keyword: 'keyword', value: 'constant' } as const

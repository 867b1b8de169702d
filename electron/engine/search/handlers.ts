import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { abortable } from '../rows/index.ts'
import { explainSearch } from './explain/explain.ts'
import { highlightCells } from './highlight/highlight.ts'
import { measureRecall } from './recall/measure.ts'
import { runSearch } from './run.ts'
import { tokenizeText } from './tokenize/tokenize.ts'

type SearchOperations = 'search.run' | 'search.explain' | 'search.tokenize' | 'search.highlight' | 'search.recall'

/** Searching rows by vector, text or both, and what is behind the answers. */
export function createSearchHandlers(context: EngineContext): Pick<Handlers<Contract>, SearchOperations> {
  return {
    'search.run': (input, { signal }) => abortable(signal, runSearch(context, input, signal)),
    'search.explain': (input, { signal }) => abortable(signal, explainSearch(context, input, signal)),
    'search.tokenize': (input, { signal }) => abortable(signal, tokenizeText(context, input)),
    'search.highlight': (input, { signal }) => abortable(signal, highlightCells(context, input, signal)),
    'search.recall': (input, { signal }) => measureRecall(context, input, signal),
  }
}

import type { Input, Output } from '#shared/contract/index.ts'
import type { EngineContext } from '../../context.ts'
import { explainNativeSearch } from '../../lance/index.ts'
import { abortable } from '../../rows/index.ts'
import { prepareSearch } from '../prepare.ts'
import { SEARCH_TIMEOUT_MS } from '../run.ts'
import { ABOUT } from './node-words.ts'
import { parsePlan } from './plan-tree.ts'

/**
 * The plan of a search for row ids, as `search.run` asks Lance; fetching the rows comes after it. Lance cannot explain a
 * hybrid, which is two searches and a fusion, so their plans stand side by side.
 */
export async function explainSearch(
  context: EngineContext,
  input: Input<'search.explain'>,
  signal: AbortSignal,
): Promise<Output<'search.explain'>> {
  const { view, vector, text } = await prepareSearch(context, input)
  const options = { analyze: input.analyze === true, timeoutMs: SEARCH_TIMEOUT_MS }
  const plans: string[] = []
  for (const native of [vector?.native, text?.native]) {
    if (native === undefined) continue
    plans.push(await abortable(signal, explainNativeSearch(view.table, native, options)))
  }
  const [first = '', second] = plans
  if (second === undefined) return { tree: parsePlan(first), text: first }
  return {
    tree: {
      name: 'Hybrid',
      about: ABOUT['Hybrid'] ?? '',
      detail: '',
      isIndex: false,
      metrics: {},
      children: plans.map(parsePlan),
    },
    text: `Vector search\n${first}\n\nText search\n${second}`,
  }
}

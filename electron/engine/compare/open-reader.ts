import type { EngineContext } from '../context.ts'
import { openView, type View } from '../rows/index.ts'
import type { SideReader } from './read-side.ts'
import type { Side } from './side.ts'

/** The state a side means, opened for reading rows; the same one however the branch has moved since. */
export async function openSideView(
  context: EngineContext,
  { dataset, at }: Pick<Side, 'dataset' | 'at'>,
): Promise<View> {
  const { branch, version } = at
  return openView(context, { dataset: dataset.handle, ref: branch === undefined ? { version } : { branch, version } })
}

/** Reads rows of `side`; `other` is what its deletions are compared with. */
export async function openReader(
  context: EngineContext,
  side: Side,
  other: Side,
  select: SideReader['select'],
  signal: AbortSignal,
): Promise<SideReader> {
  return { side, other, view: await openSideView(context, side), select, signal }
}

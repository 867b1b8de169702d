import type { Input } from '#shared/contract/index.ts'
import type { EngineContext } from '../context.ts'
import { areFieldsRenamed, doFieldIdsClash, type VersionFactsReader } from '../versions/index.ts'
import { History } from './blame/history.ts'
import { pairFragments } from './fragment-steps.ts'
import { isSameDataset, openSide, type Side, type Sides } from './side.ts'

/** Opens both states and finds out whether their columns can be told by field id. */
export async function openSides(
  context: EngineContext,
  facts: VersionFactsReader,
  input: Pick<Input<'versions.compare'>, 'from' | 'to'>,
  signal: AbortSignal,
): Promise<Sides> {
  const [from, to] = await Promise.all([openSide(context, input.from), openSide(context, input.to)])
  return { from, to, areFieldsById: await areFieldsById(facts, from, to, signal) }
}

/**
 * Field ids last for life within a dataset until it is overwritten, which drops every fragment and gives ids out anew.
 * History is asked only where the manifests leave it open and names would make a difference.
 */
async function areFieldsById(facts: VersionFactsReader, from: Side, to: Side, signal: AbortSignal): Promise<boolean> {
  if (!isSameDataset(from, to)) return false
  if (pairFragments(from.manifest, to.manifest).pairs.some(({ to: { files } }) => files.length > 0)) return true
  const [before, after] = [from.manifest.schema, to.manifest.schema]
  if (doFieldIdsClash(before, after)) return false
  if (!areFieldsRenamed(before, after) || from.at.branch !== to.at.branch) return true
  return !(await isOverwrittenBetween(new History(from.dataset, facts), from, to, signal))
}

const AT_ONCE = 32

async function isOverwrittenBetween(history: History, from: Side, to: Side, signal: AbortSignal): Promise<boolean> {
  const { branch } = from.at
  const [older, newer] = [from.at.version, to.at.version].toSorted((a, b) => a - b) as [number, number]
  const between = (await history.versions(branch)).filter((version) => version > older && version <= newer)
  for (let start = 0; start < between.length; start += AT_ONCE) {
    signal.throwIfAborted()
    const versions = between.slice(start, start + AT_ONCE)
    const operations = await Promise.all(versions.map((version) => history.operation({ branch, version })))
    if (operations.some((operation) => operation?.kind === 'overwrite')) return true
  }
  return false
}

import { AppError } from '#shared/errors.ts'
import type { ChosenRows } from '#shared/model/maintenance.ts'
import type { EngineContext, OpenDataset } from '../context.ts'
import type { ManifestFragment } from '../format/types.ts'
import { addressesOf } from '../lance/index.ts'
import { openView, parseRowId, READ_TIMEOUT_MS } from '../rows/index.ts'

/** Neighbouring rows from so many on are named by their first and last. */
const RUN_ROWS = 1000
/** Fragment and offset of no row: a filter of it matches nothing. */
const NOWHERE = 2n ** 64n - 1n

/** Addresses, ascending, of chosen rows in the version they were chosen in; those that have no row there are left out. */
export async function locateRows(
  context: EngineContext,
  dataset: OpenDataset,
  { version, ids }: ChosenRows,
): Promise<readonly bigint[]> {
  const wanted = [...new Set(ids.map(parseRowId))]
  const { table } = await openView(context, { dataset: dataset.handle, ref: { version } })
  return addressesOf(table, wanted, READ_TIMEOUT_MS)
}

/**
 * Refuses a version in which the addresses may mean other rows than in the one they are of: fragments that hold them have
 * to be there with the same files. Lance gives a fragment's id to no other one, but an address lives no longer than it.
 */
export async function checkUnmoved(
  dataset: OpenDataset,
  chosenIn: number,
  addresses: readonly bigint[],
  version: number,
): Promise<void> {
  if (version === chosenIn) return
  const [before, now] = await Promise.all(
    [chosenIn, version].map(async (one) => (await dataset.manifest({ branch: undefined, version: one })).fragments),
  )
  const then = new Map(before?.map((fragment) => [fragment.id, filesOf(fragment)]))
  const today = new Map(now?.map((fragment) => [fragment.id, filesOf(fragment)]))
  const touched = new Set(addresses.map((address) => Number(address >> 32n)))
  const moved = [...touched].filter((id) => !then.has(id) || then.get(id) !== today.get(id))
  if (moved.length === 0) return
  throw new AppError({
    code: 'commit-conflict',
    message: `Rows were chosen in version ${chosenIn}; since then a commit rewrote or removed the fragments they are in, so their ids may mean other rows in version ${version}. Nothing was deleted.`,
    hint: 'Show the newest version and choose the rows again.',
    detail: { chosenIn, version, fragments: moved.slice(0, 20) },
  })
}

function filesOf({ physicalRows, files }: ManifestFragment): string {
  return JSON.stringify([physicalRows, files.map(({ path, baseId, fields }) => [path, baseId ?? null, fields])])
}

/** SQL that finds rows by their addresses, which are ascending: long runs as ranges, the rest as a list. */
export function addressFilter(addresses: readonly bigint[]): string {
  const parts: string[] = []
  const single: bigint[] = []
  for (let start = 0; start < addresses.length;) {
    const first = addresses[start] ?? NOWHERE
    let end = start + 1
    while (addresses[end] === first + BigInt(end - start)) end++
    if (end - start >= RUN_ROWS) parts.push(`(_rowaddr >= ${first} and _rowaddr < ${first + BigInt(end - start)})`)
    else single.push(...addresses.slice(start, end))
    start = end
  }
  if (single.length > 0 || parts.length === 0) {
    parts.push(`_rowaddr in (${(single.length > 0 ? single : [NOWHERE]).join(', ')})`)
  }
  return parts.join(' or ')
}

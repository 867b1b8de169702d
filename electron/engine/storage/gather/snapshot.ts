import { toErrorValue, type ErrorValue } from '#shared/errors.ts'
import type { OpenDataset } from '../../context.ts'
import type { ObjectInfo } from '../../store/object-store.ts'
import { createPace, type Pace } from '../pace.ts'
import { placeFile, type PlacedFile } from '../paths.ts'
import type { References } from '../references/model.ts'
import { readReferences } from '../references/read-references.ts'
import { sortPaced } from './sort-paced.ts'

/** An object of the directory with what its path says. */
export interface PlacedObject extends ObjectInfo {
  readonly placed: PlacedFile
}

/** The same with the place it has among the references. */
export interface StoredFile extends PlacedObject {
  /** Its number among the references; undefined when no version names it. */
  readonly file: number | undefined
}

/** A dataset's directory and all of its manifests, gathered at one time. Everything else is computed from it. */
export interface Snapshot {
  /** By path. */
  readonly files: readonly StoredFile[]
  readonly references: References
  /** Folders that could not be listed and metadata that could not be read. */
  readonly unreadable: readonly { readonly path: string; readonly error: ErrorValue }[]
  /** When gathering began, milliseconds since the epoch. */
  readonly takenMs: number
  readonly read: { readonly requests: number; readonly bytes: number; readonly elapsedMs: number }
  /** The metadata the references were read from, by name, time and size. */
  readonly metadataKey: string
}

/** Lists the directory and reads every manifest, unless `former` has read the same ones already. */
export async function takeSnapshot(
  dataset: OpenDataset,
  former: Snapshot | undefined,
  signal: AbortSignal,
): Promise<Snapshot> {
  const { store } = dataset
  const [takenMs, started, before] = [Date.now(), performance.now(), store.usage()]
  const listing = await store.listTree('', signal)
  const root = listing.unreadable.find(({ path }) => path === '')
  if (root !== undefined) throw root.error
  // A missing folder lists as empty, and a dataset that is gone must not be measured as nothing.
  if (listing.objects.length === 0) await store.info('')
  const pace = createPace(signal)
  const placed = await mapPaced(listing.objects, (object) => ({ ...object, placed: placeFile(object.path) }), pace)
  const sorted = await sortPaced(placed, ({ path }) => path, pace)
  const metadata = sorted.filter((file) => METADATA.has(file.placed.kind))
  const metadataKey = metadata.map(({ path, bytes, modifiedMs }) => `${path} ${bytes} ${modifiedMs}`).join('\n')
  const references =
    former?.metadataKey === metadataKey ? former.references : await readReferences(dataset, metadata, signal)
  const { requests, bytes } = store.usage()
  return {
    files: await mapPaced(sorted, (it) => ({ ...it, file: fileNumber(it.placed, references) }), pace),
    references,
    unreadable: [
      ...listing.unreadable.map(({ path, error }) => ({ path, error: toErrorValue(error) })),
      ...references.unreadable,
    ],
    takenMs,
    read: {
      requests: requests - before.requests,
      bytes: bytes - before.bytes,
      elapsedMs: performance.now() - started,
    },
    metadataKey,
  }
}

function fileNumber({ key }: PlacedFile, { fileByKey }: References): number | undefined {
  return key === undefined ? undefined : fileByKey.get(key)
}

const METADATA = new Set(['manifest', 'tag', 'branch'])

const PACE_FILES = 512

async function mapPaced<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Result,
  pace: Pace,
): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const [index, item] of items.entries()) {
    if (index % PACE_FILES === 0) await pace()
    results.push(map(item))
  }
  return results
}

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, toErrorValue } from '#shared/errors.ts'
import type { Queue, QueueBucket, QueueTopic } from '#shared/model/queue.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { inspectDataset, sumFragments } from '../datasets/index.ts'
import { fileError } from '../store/errno.ts'
import { resolveRealPath } from '../store/local-path.ts'
import type { ManifestFragment } from '../format/types.ts'
import { hasSameRows } from './same-rows.ts'

const BUCKET = /^bucket_(\d{1,9})$/
const DATASET = 'data.lance'
const MAX_BUCKETS = 10_000
/** Buckets looked at side by side. */
const WIDTH = 16

/** What is known of buckets from the last look, by location: one whose version is the same is not read again. */
export type BucketCache = Map<string, KnownBucket>

interface KnownBucket extends Omit<QueueBucket, 'schema'> {
  readonly columns: readonly SchemaField[] | null
  /** The same for columns of the same names and types, whatever their ids. */
  readonly columnsKey: string
  readonly fragments: readonly ManifestFragment[]
}

const UNREAD = {
  rows: null,
  version: null,
  since: null,
  lastCommitAt: null,
  columns: null,
  columnsKey: '',
  fragments: [],
} as const

interface Place {
  readonly topic: string
  readonly path: string
  readonly number: number
  readonly location: string
}

/**
 * The topics of a queue folder, or the one topic a folder of buckets is. `not-a-dataset` when there is no bucket. A bucket
 * that cannot be read is listed with its problem.
 */
export async function readQueue(
  text: string,
  root: string | undefined,
  cache: BucketCache = new Map(),
): Promise<Queue> {
  const location = await resolveRealPath(text, root)
  const { places, truncated } = await findBuckets(location)
  if (places.length === 0) throw noQueue(location)
  const buckets = await readAll(places, root, cache)
  for (const known of cache.keys()) if (!places.some((place) => place.location === known)) cache.delete(known)
  return { location, topics: groupByTopic(places, buckets), truncated }
}

async function findBuckets(
  location: string,
): Promise<{ readonly places: readonly Place[]; readonly truncated: boolean }> {
  const own = await listBuckets(location, location.split(/[/\\]/).at(-1) ?? location)
  if (own.length > 0) return { places: own.slice(0, MAX_BUCKETS), truncated: own.length > MAX_BUCKETS }
  const places: Place[] = []
  for (const name of await listFolders(location)) {
    places.push(...(await listBuckets(join(location, name), name).catch(() => [])))
    if (places.length > MAX_BUCKETS) return { places: places.slice(0, MAX_BUCKETS), truncated: true }
  }
  return { places, truncated: false }
}

async function listBuckets(path: string, topic: string): Promise<readonly Place[]> {
  const names = await listFolders(path)
  return names
    .flatMap((name) => {
      const match = BUCKET.exec(name)
      return match === null ? [] : [{ topic, path, number: Number(match[1]), location: join(path, name, DATASET) }]
    })
    .toSorted((a, b) => a.number - b.number)
}

async function listFolders(path: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true })
    return entries.flatMap((entry) => (entry.isDirectory() || entry.isSymbolicLink() ? [entry.name] : [])).toSorted()
  } catch (error) {
    const failure = fileError(error, path)
    // A link to a file, among others.
    if (failure.code === 'not-a-directory') return []
    throw failure
  }
}

async function readAll(
  places: readonly Place[],
  root: string | undefined,
  cache: BucketCache,
): Promise<readonly KnownBucket[]> {
  const buckets: KnownBucket[] = []
  for (let at = 0; at < places.length; at += WIDTH) {
    buckets.push(...(await Promise.all(places.slice(at, at + WIDTH).map((place) => readBucket(place, root, cache)))))
  }
  return buckets
}

async function readBucket(place: Place, root: string | undefined, cache: BucketCache): Promise<KnownBucket> {
  const { number, location } = place
  const name = `bucket_${number}`
  try {
    const dataset = await inspectDataset(location, root)
    const at = await dataset.resolve()
    const known = cache.get(location)
    if (known?.version === at.version) return known
    const manifest = await dataset.manifest(at)
    const bucket = {
      name,
      number,
      location: dataset.location,
      rows: sumFragments(manifest).rows,
      version: at.version,
      since: known !== undefined && hasSameRows(known.fragments, manifest.fragments) ? known.since : at.version,
      lastCommitAt: manifest.timestamp,
      columns: manifest.schema,
      columnsKey: keyOf(manifest.schema),
      fragments: manifest.fragments,
    }
    cache.set(location, bucket)
    return bucket
  } catch (error) {
    cache.delete(location)
    const problem = toErrorValue(error).message
    return { name, number, location, ...UNREAD, problem }
  }
}

function keyOf(schema: readonly SchemaField[]): string {
  return JSON.stringify(
    schema.map(({ name, logicalType, kind, children }) => [name, logicalType, kind, keyOf(children)]),
  )
}

interface TopicParts {
  readonly name: string
  readonly path: string
  readonly buckets: QueueBucket[]
  readonly schemas: (readonly SchemaField[])[]
  readonly keys: string[]
}

function groupByTopic(places: readonly Place[], buckets: readonly KnownBucket[]): readonly QueueTopic[] {
  const topics = new Map<string, TopicParts>()
  for (const [at, { topic: name, path }] of places.entries()) {
    const known = buckets[at]
    if (known === undefined) continue
    const topic = topics.get(path) ?? { name, path, buckets: [], schemas: [], keys: [] }
    topics.set(path, topic)
    const { columns, columnsKey, fragments: _fragments, ...bucket } = known
    topic.buckets.push({ ...bucket, schema: columns === null ? null : indexOf(topic, columns, columnsKey) })
  }
  return [...topics.values()].map(({ keys: _keys, ...topic }) => topic)
}

function indexOf({ schemas, keys }: TopicParts, columns: readonly SchemaField[], key: string): number {
  const known = keys.indexOf(key)
  if (known !== -1) return known
  keys.push(key)
  return schemas.push(columns) - 1
}

function noQueue(location: string): AppError {
  return new AppError({
    code: 'not-a-dataset',
    message: `${location} is no queue folder: it has no "bucket_N/data.lance", nor topics that have.`,
    hint: 'Choose the folder that holds the topics, or the folder of one topic.',
    detail: { path: location },
  })
}

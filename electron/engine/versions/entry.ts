import type { VersionEntry } from '#shared/model/version.ts'
import { MAX_MANIFEST_BYTES } from '../datasets/index.ts'
import { decodeIndexNames, decodeManifestSchema } from '../format/manifest.ts'
import type { Operation } from '../format/operation.ts'
import { fieldPaths } from '../format/schema.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { diffSchemas } from './schema-diff.ts'
import { describeTransaction, type SentenceContext } from './sentence.ts'
import type { VersionFacts } from './version-facts.ts'

type ReadFacts = Extract<VersionFacts, { kind: 'read' }>

/** The timeline entry of a version, compared with the next older one that still exists. */
export async function toEntry(
  store: ObjectStore,
  facts: VersionFacts,
  older: VersionFacts | undefined,
  tags: readonly string[],
): Promise<VersionEntry> {
  if (facts.kind === 'broken') return toBrokenEntry(facts, tags)
  const before = older?.kind === 'read' ? older : undefined
  const { summary, transaction } = facts
  const { rows, fragments, dataBytes, timestamp } = summary
  return {
    version: facts.version,
    timestamp,
    operation: transaction?.operation.kind ?? 'unknown',
    sentence: describeTransaction(transaction, await gatherContext(store, facts, before)),
    rows,
    ...(hasAllRows(facts) ? {} : { rowsPartial: true as const }),
    rowsDelta: rowsDelta(facts, before),
    fragments,
    fragmentsDelta: before === undefined ? null : fragments - before.summary.fragments,
    dataBytes,
    dataBytesDelta:
      hasAllSizes(facts) && before !== undefined && hasAllSizes(before) ? dataBytes - before.summary.dataBytes : null,
    ...(hasAllSizes(facts) ? {} : { dataBytesPartial: true as const }),
    tags,
  }
}

function rowsDelta(facts: ReadFacts, before: ReadFacts | undefined): number | null {
  if (before === undefined || !hasAllRows(facts) || !hasAllRows(before)) return null
  return facts.summary.rows - before.summary.rows
}

function hasAllRows({ summary }: ReadFacts): boolean {
  return summary.uncountedFragments === 0
}

function hasAllSizes({ summary }: ReadFacts): boolean {
  return summary.unsizedFiles === 0
}

function toBrokenEntry(facts: Extract<VersionFacts, { kind: 'broken' }>, tags: readonly string[]): VersionEntry {
  return {
    version: facts.version,
    timestamp: facts.modifiedAt,
    operation: 'unknown',
    sentence: 'This version cannot be read',
    rows: 0,
    rowsDelta: null,
    fragments: 0,
    fragmentsDelta: null,
    dataBytes: 0,
    dataBytesDelta: null,
    tags,
    problem: facts.problem,
  }
}

/** Schemas are read only for the operations whose sentence needs them. */
async function gatherContext(
  store: ObjectStore,
  facts: ReadFacts,
  before: ReadFacts | undefined,
): Promise<SentenceContext> {
  const operation = facts.transaction?.operation
  const direct = before?.version === facts.version - 1 ? before : undefined
  const isSchemaChange = operation?.kind === 'merge' || operation?.kind === 'project'
  return {
    rowsDelta: rowsDelta(facts, direct),
    schemaChanges: isSchemaChange && direct !== undefined ? await readChanges(store, direct, facts) : null,
    indexNames: operation?.kind === 'create-index' && direct !== undefined ? await readIndexNames(store, direct) : [],
    fieldNames: operation?.kind === 'update-config' ? await readFieldNames(store, facts, operation) : [],
  }
}

async function readChanges(
  store: ObjectStore,
  before: ReadFacts,
  after: ReadFacts,
): Promise<SentenceContext['schemaChanges']> {
  try {
    const [old, now] = await Promise.all([readSchema(store, before.path), readSchema(store, after.path)])
    return diffSchemas(old, now)
  } catch {
    // Cleaned up between the two reads, or a schema that does not add up: the sentence does without.
    return null
  }
}

async function readIndexNames(store: ObjectStore, { path }: ReadFacts): Promise<readonly string[]> {
  return store
    .read(path, MAX_MANIFEST_BYTES)
    .then(decodeIndexNames, () => [])
    .catch(() => [])
}

async function readFieldNames(
  store: ObjectStore,
  facts: ReadFacts,
  { fields }: Extract<Operation, { kind: 'update-config' }>,
): Promise<readonly string[]> {
  if (fields.length === 0) return []
  const paths = await readSchema(store, facts.path).then(fieldPaths, () => new Map<number, string>())
  return fields.map((id) => paths.get(id) ?? `(dropped field ${id})`)
}

async function readSchema(store: ObjectStore, path: string): Promise<ReturnType<typeof decodeManifestSchema>> {
  return decodeManifestSchema(await store.read(path, MAX_MANIFEST_BYTES))
}

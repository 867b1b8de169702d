import type { SchemaChange } from '#shared/model/schema-change.ts'
import type { VersionDetails } from '#shared/model/version-details.ts'
import { AppError } from '#shared/errors.ts'
import type { OpenDataset, ResolvedRef } from '../context.ts'
import { MAX_MANIFEST_BYTES, listManifests, readTags, type ListedManifest } from '../datasets/index.ts'
import { describeFlags } from '../format/flags.ts'
import { decodeManifest } from '../format/manifest.ts'
import type { Manifest } from '../format/types.ts'
import { diffEntries } from './entry-diff.ts'
import { toEntry } from './entry.ts'
import { diffFiles } from './file-steps.ts'
import { diffFragments, toFragmentSteps } from './fragment-steps.ts'
import { doFieldIdsClash } from './field-ids.ts'
import { diffSchemasByName } from './schema-by-name.ts'
import { diffSchemas } from './schema-diff.ts'
import { readTransactionRecord } from './transaction-record.ts'
import type { VersionFactsReader } from './version-facts.ts'

/**
 * One version in full, compared with the next older one of its branch that can be read. `version-not-found`,
 * `ref-not-found`; `corrupt-manifest` when the version's own manifest cannot be decoded.
 */
export async function describeVersion(
  dataset: OpenDataset,
  at: { readonly branch: string | undefined; readonly version: number },
  reader: VersionFactsReader,
): Promise<VersionDetails> {
  const { branch, version } = at
  const { store } = dataset
  await dataset.resolve(branch === undefined ? { version } : { branch, version })
  const manifests = await listManifests(store, branch)
  const position = manifests.findIndex((listed) => listed.version === version)
  const listed = manifests[position]
  if (listed === undefined) throw await goneMeanwhile(dataset, at)
  const manifest = await readManifest(dataset, branch, listed)
  const file = await store.read(listed.path, MAX_MANIFEST_BYTES)
  const record = await readTransactionRecord(store, listed.path, file)
  const older = manifests[position + 1]
  const facts = await reader.read(store, listed)
  if (facts === undefined) throw await goneMeanwhile(dataset, at)
  const olderFacts = older === undefined ? undefined : await reader.read(store, older)
  const before = older === undefined ? undefined : await readManifest(dataset, branch, older).catch(() => undefined)
  const operation = record?.transaction.operation
  return {
    entry: await toEntry(store, facts, olderFacts, await tagsOf(dataset, at)),
    ...(branch === undefined ? {} : { branch }),
    comparedTo: before === undefined ? null : before.version,
    ...(operation?.kind === 'delete' ? { predicate: operation.predicate } : {}),
    ...(await describeStep(dataset, branch, before, manifest, operation?.kind === 'overwrite')),
    ...describeManifest(manifest),
    manifest: { path: listed.path, bytes: file.length },
    transaction: record === null ? null : { source: record.source, tree: record.tree },
  }
}

type Step = Pick<
  VersionDetails,
  'schemaChanges' | 'configChanges' | 'tableMetadataChanges' | 'schemaMetadataChanges' | 'files' | 'fragments'
>

const NO_STEP: Step = {
  schemaChanges: null,
  configChanges: null,
  tableMetadataChanges: null,
  schemaMetadataChanges: null,
  files: null,
  fragments: null,
}

async function describeStep(
  { store }: OpenDataset,
  branch: string | undefined,
  before: Manifest | undefined,
  after: Manifest,
  isOverwritten: boolean,
): Promise<Step> {
  if (before === undefined) return NO_STEP
  const diff = diffFragments(before, after)
  return {
    schemaChanges: diffStep(before.schema, after.schema, isOverwritten),
    configChanges: diffEntries(before.config, after.config),
    tableMetadataChanges: diffEntries(before.tableMetadata, after.tableMetadata),
    schemaMetadataChanges: diffEntries(before.schemaMetadata, after.schemaMetadata),
    files: await diffFiles(store, branch, { before, after }, diff),
    fragments: toFragmentSteps(diff),
  }
}

/** An overwrite gives field ids out anew, and a restore may go back over one. */
function diffStep(
  before: Manifest['schema'],
  after: Manifest['schema'],
  isOverwritten: boolean,
): readonly SchemaChange[] {
  return isOverwritten || doFieldIdsClash(before, after) ? diffSchemasByName(before, after) : diffSchemas(before, after)
}

type OwnWords = Pick<
  VersionDetails,
  'writer' | 'formatVersion' | 'featureFlags' | 'config' | 'tableMetadata' | 'schemaMetadata'
>

function describeManifest(manifest: Manifest): OwnWords {
  const { writer, dataFormat, config, tableMetadata, schemaMetadata } = manifest
  return {
    writer: writer === null ? 'unknown' : `${writer.library} ${writer.version}`,
    formatVersion: dataFormat?.version ?? manifest.fragments[0]?.files[0]?.formatVersion ?? 'unknown',
    featureFlags: describeFlags(manifest.readerFlags, manifest.writerFlags),
    config,
    tableMetadata,
    schemaMetadata,
  }
}

/** Metadata of a version whose rows only a newer Lance reads can be shown all the same. */
async function readManifest(
  dataset: OpenDataset,
  branch: string | undefined,
  { version, path }: ListedManifest,
): Promise<Manifest> {
  return dataset.manifest({ branch, version }).catch(async (error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'unsupported-format') throw error
    return decodeManifest(await dataset.store.read(path, MAX_MANIFEST_BYTES))
  })
}

async function tagsOf({ store }: OpenDataset, { branch, version }: ResolvedRef): Promise<readonly string[]> {
  const tags = await readTags(store).catch(() => [])
  return tags
    .filter((tag) => tag.problem === undefined && tag.branch === branch && tag.version === version)
    .map(({ name }) => name)
}

/** The error of a version that was cleaned up between two looks. */
async function goneMeanwhile(dataset: OpenDataset, { branch, version }: ResolvedRef): Promise<unknown> {
  const ref = branch === undefined ? { version } : { branch, version }
  return dataset.resolve(ref).then(
    () => new AppError({ code: 'version-not-found', message: `Version ${version} is being cleaned up.` }),
    (error: unknown) => error,
  )
}

import { access, constants } from 'node:fs/promises'
import type { DatasetSummary, IndexSummary } from '#shared/model/dataset.ts'
import type { OpenDataset, ResolvedRef } from '../context.ts'
import { describeFlags, hasFlag, STABLE_ROW_IDS } from '../format/flags.ts'
import { formatIndexType, isSystemIndex } from '../format/index-section.ts'
import { fieldPaths } from '../format/schema.ts'
import type { Manifest } from '../format/types.ts'
import { findMissingFiles, sumDataBytes } from './data-files.ts'

/** What a dataset is at one version, from its manifest and its folder. */
export async function summarize(dataset: OpenDataset, at: ResolvedRef): Promise<DatasetSummary> {
  const manifest = await dataset.manifest(at)
  const newest = await dataset.resolve(at.branch === undefined ? undefined : { branch: at.branch })
  const missing = await findMissingFiles(dataset.store, at.branch, manifest)
  return {
    location: dataset.location,
    name: dataset.name,
    version: at.version,
    latestVersion: newest.version,
    ...(at.branch === undefined ? {} : { branch: at.branch }),
    timestamp: manifest.timestamp,
    ...sumFragments(manifest),
    dataBytes: await sumDataBytes(dataset.store, at.branch, manifest),
    columns: manifest.schema.length,
    formatVersion: manifest.dataFormat?.version ?? manifest.fragments[0]?.files[0]?.formatVersion ?? 'unknown',
    writer: manifest.writer === null ? 'unknown' : `${manifest.writer.library} ${manifest.writer.version}`,
    featureFlags: describeFlags(manifest.readerFlags, manifest.writerFlags),
    schema: manifest.schema,
    indices: summarizeIndices(manifest),
    readOnly: !(await isWritable(dataset.location)),
    ...(missing.length === 0 ? {} : { missingFiles: missing }),
    stableRowIds: hasFlag(manifest.readerFlags, STABLE_ROW_IDS),
  }
}

/** Figures of a manifest that add up over its fragments. */
export function sumFragments(manifest: Manifest): Pick<DatasetSummary, 'rows' | 'deletedRows' | 'fragments'> {
  let physicalRows = 0
  let deletedRows = 0
  for (const fragment of manifest.fragments) {
    physicalRows += fragment.physicalRows
    deletedRows += fragment.deletion?.deletedRows ?? 0
  }
  return { rows: physicalRows - deletedRows, deletedRows, fragments: manifest.fragments.length }
}

/** One entry per index name: several segments of one index share it. */
function summarizeIndices(manifest: Manifest): readonly IndexSummary[] {
  const paths = fieldPaths(manifest.schema)
  const byName = new Map<string, IndexSummary>()
  for (const { name, fields, typeUrl } of manifest.indices) {
    if (isSystemIndex(name) || byName.has(name)) continue
    const columns = fields.map((id) => paths.get(id) ?? `(dropped field ${id})`)
    byName.set(name, { name, columns, type: formatIndexType(typeUrl) })
  }
  return [...byName.values()]
}

async function isWritable(location: string): Promise<boolean> {
  return access(location, constants.W_OK).then(
    () => true,
    () => false,
  )
}

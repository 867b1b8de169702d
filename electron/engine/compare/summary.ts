import type { ComparedState, CompareSummary } from '#shared/model/compare.ts'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import { diffEntries, diffSchemas, diffSchemasByName } from '../versions/index.ts'
import { compareColumns } from './columns.ts'
import { pairFragments, summarizeSteps } from './fragment-steps.ts'
import { compareIndices } from './index-steps.ts'
import { planReads } from './reads.ts'
import { isSameDataset, summarizeSide, type Sides } from './side.ts'

/** Compares two states by their manifests. */
export async function compareStates({ from, to, areFieldsById }: Sides): Promise<CompareSummary> {
  const [before, after] = await Promise.all([summarizeSide(from), summarizeSide(to)])
  const isSame = isSameDataset(from, to)
  const [old, now] = [from.manifest, to.manifest]
  const reads = planReads(from, to, compareColumns(from, to, areFieldsById).columns)
  return {
    from: toState(before),
    to: toState(after),
    isSameDataset: isSame,
    ...(isSame && !areFieldsById ? { areColumnsByName: true as const } : {}),
    schema: areFieldsById ? diffSchemas(old.schema, now.schema) : diffSchemasByName(old.schema, now.schema),
    config: diffEntries(old.config, now.config),
    tableMetadata: diffEntries(old.tableMetadata, now.tableMetadata),
    schemaMetadata: diffEntries(old.schemaMetadata, now.schemaMetadata),
    indices: compareIndices({ manifest: old, indices: before.indices }, { manifest: now, indices: after.indices }),
    fragments: isSame ? summarizeSteps(pairFragments(old, now)) : null,
    rowsToRead: reads.from.rows + reads.to.rows,
  }
}

function toState(summary: DatasetSummary): ComparedState {
  const { location, name, version, branch, timestamp, rows, deletedRows, fragments, columns, dataBytes } = summary
  const { formatVersion, writer } = summary
  return {
    location,
    name,
    version,
    ...(branch === undefined ? {} : { branch }),
    timestamp,
    rows,
    deletedRows,
    fragments,
    columns,
    dataBytes,
    formatVersion,
    writer,
  }
}

import type { Input } from '#shared/contract/index.ts'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import type { EngineContext, OpenDataset, ResolvedRef } from '../context.ts'
import { hasFlag, STABLE_ROW_IDS } from '../format/flags.ts'
import type { Manifest } from '../format/types.ts'
import { summarize } from '../datasets/index.ts'

export type SideInput = Input<'versions.compare'>['from']

/** One of the two states compared, by its metadata alone. */
export interface Side {
  readonly dataset: OpenDataset
  readonly at: ResolvedRef
  readonly manifest: Manifest
  readonly hasStableRowIds: boolean
}

/** The state an input names. Throws as opening it does: `version-not-found`, `ref-not-found`, `corrupt-manifest`. */
export async function openSide(context: EngineContext, input: SideInput): Promise<Side> {
  const dataset = context.datasets.get(input.dataset)
  const at = await dataset.resolve(input.ref)
  const manifest = await dataset.manifest(at)
  return { dataset, at, manifest, hasStableRowIds: hasFlag(manifest.readerFlags, STABLE_ROW_IDS) }
}

/** True when both states are of one dataset: fragments, files and field ids then mean the same on both sides. */
export function isSameDataset(from: Side, to: Side): boolean {
  return from.dataset.handle === to.dataset.handle
}

/** Two states to compare. */
export interface Sides {
  readonly from: Side
  readonly to: Side
  /** True when field ids mean the same columns on both sides. */
  readonly areFieldsById: boolean
}

/** What the head of a comparison says of a side. */
export async function summarizeSide({ dataset, at }: Side): Promise<DatasetSummary> {
  return summarize(dataset, at)
}

import { z } from 'zod'
import type { DatasetSummary, FoundItem } from '../model/dataset.ts'
import { branchName, datasetHandle, location, reading, ref } from './common.ts'
import { call, stream } from './define.ts'

/** A fact about the newest version, pushed when other processes commit. */
export interface WatchEvent {
  readonly latestVersion: number
  /** RFC 3339; the moment the change was noticed. */
  readonly noticedAt: string
}

export const datasets = {
  'datasets.find': stream<FoundItem>()(
    'Finds Lance datasets in a folder tree, each with rows, version, fragments, bytes and last change; broken ones with their reason.',
    z.strictObject({ location, maxDepth: z.int().min(0).max(32).optional() }),
  ),
  'datasets.open': call<{ readonly dataset: string } & DatasetSummary>()(
    'Opens one dataset directory for reading and returns its handle and summary, at a ref if the newest version is damaged. Writes nothing.',
    z.strictObject({ location, ref: ref.optional() }),
  ),
  'datasets.close': call<Record<string, never>>()(
    'Forgets an open dataset and frees what it holds.',
    z.strictObject({ dataset: datasetHandle }),
  ),
  'datasets.summary': call<DatasetSummary>()(
    'Rows, columns, fragments, bytes, format, writer, flags and schema of a dataset at a version.',
    z.strictObject(reading),
  ),
  'datasets.watch': stream<WatchEvent>()(
    'Reports the newest version number now and whenever another process commits.',
    z.strictObject({ dataset: datasetHandle, branch: branchName.optional() }),
  ),
} as const

import { z } from 'zod'
import type {
  CleanupPreview,
  CompactionPreview,
  FilePreview,
  Finding,
  StorageFile,
  StorageUsage,
  VersionStorage,
} from '../model/storage.ts'
import { branchName, datasetHandle, reading } from './common.ts'
import { call, stream } from './define.ts'

/** What a reading of the whole directory needs. `fresh` = walk it now, however recent the last walk (up to a minute). */
const directory = { dataset: datasetHandle, fresh: z.boolean().optional() }

/** Path of a file inside the dataset's directory, `/`-separated. */
const path = z.string().min(1).max(4096)

export const storage = {
  'storage.files': stream<StorageFile>()(
    'Every file of the directory with its size, what it is, who wrote it and what still uses it.',
    z.strictObject(directory),
  ),
  'storage.usage': call<StorageUsage>()(
    'Every byte of the directory in exactly one class; the classes add up to its size.',
    z.strictObject(directory),
  ),
  'storage.versions': call<readonly VersionStorage[]>()(
    'What each version alone keeps on disk, newest first, branches after main.',
    z.strictObject(directory),
  ),
  'storage.file': call<FilePreview>()(
    'One file of the directory: what it is for and, where it is metadata, its decoded contents.',
    z.strictObject({ dataset: datasetHandle, path }),
  ),
  'storage.read': call<{ readonly bytes: Uint8Array; readonly size: number }>()(
    'A range of the bytes of a file of the directory, at most 1 MiB a call.',
    z.strictObject({
      dataset: datasetHandle,
      path,
      start: z.int().min(0),
      length: z
        .int()
        .min(0)
        .max(1024 * 1024),
    }),
  ),
  'storage.cleanupPreview': call<CleanupPreview>()(
    'What cleaning up versions older than a time would free, exactly as LanceDB would do it. Removes nothing.',
    z.strictObject({
      dataset: datasetHandle,
      branch: branchName.optional(),
      olderThan: z.iso.datetime({ offset: true }),
      /** Also files no version uses that are younger than seven days. */
      deleteUnverified: z.boolean().optional(),
    }),
  ),
  'storage.compactionPreview': call<CompactionPreview>()(
    'Which fragments LanceDB would compact and how much it would rewrite. Rewrites nothing.',
    z.strictObject(reading),
  ),
  'storage.findings': call<readonly Finding[]>()(
    'What is wrong or wasteful in how a dataset is stored, each with evidence and remedy, worst first.',
    z.strictObject(reading),
  ),
} as const

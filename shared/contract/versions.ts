import { z } from 'zod'
import type { BranchEntry, TagEntry, VersionEntry } from '../model/version.ts'
import { datasetHandle } from './common.ts'
import { call, stream } from './define.ts'

export const versions = {
  'versions.list': stream<VersionEntry>()(
    'Every version of a branch, newest first, with its operation, one sentence, and what it changed.',
    z.strictObject({ dataset: datasetHandle, branch: z.string().min(1).max(4096).optional() }),
  ),
  'versions.refs': call<{ readonly tags: readonly TagEntry[]; readonly branches: readonly BranchEntry[] }>()(
    'Tags and branches of a dataset with dates; unreadable ones are named, not hidden.',
    z.strictObject({ dataset: datasetHandle }),
  ),
} as const

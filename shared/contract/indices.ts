import { z } from 'zod'
import {
  INDEX_TYPES,
  type IndexCreated,
  type IndexEntry,
  type IndexPartitions,
  type IndexProposals,
  type IndicesOptimized,
} from '../model/index-entry.ts'
import type { JobEvent } from '../model/job.ts'
import { DISTANCE_METRICS } from '../model/search.ts'
import { columnName, datasetHandle, reading } from './common.ts'
import { call, stream } from './define.ts'

const indexName = z.string().min(1).max(255)

const params = z.strictObject({
  metric: z.enum(DISTANCE_METRICS).optional(),
  numPartitions: z.int().min(1).max(100_000).optional(),
  numSubVectors: z.int().min(1).max(65_536).optional(),
  numBits: z.int().min(1).max(16).optional(),
  maxIterations: z.int().min(1).max(10_000).optional(),
  sampleRate: z.int().min(1).max(100_000).optional(),
  m: z.int().min(1).max(1000).optional(),
  efConstruction: z.int().min(1).max(10_000).optional(),
  withPosition: z.boolean().optional(),
  baseTokenizer: z.enum(['simple', 'whitespace', 'raw', 'ngram', 'icu']).optional(),
  language: z.string().min(1).max(40).optional(),
  maxTokenLength: z.int().min(1).max(100_000).optional(),
  lowercase: z.boolean().optional(),
  stem: z.boolean().optional(),
  removeStopWords: z.boolean().optional(),
  asciiFolding: z.boolean().optional(),
  ngramMinLength: z.int().min(1).max(100).optional(),
  ngramMaxLength: z.int().min(1).max(100).optional(),
  prefixOnly: z.boolean().optional(),
})

export const indices = {
  'indices.list': call<readonly IndexEntry[]>()(
    'Every index of a version with its coverage, segments, size and settings.',
    z.strictObject(reading),
  ),
  'indices.partitions': call<IndexPartitions>()(
    'Rows in each partition of an IVF index, segment by segment.',
    z.strictObject({ ...reading, name: indexName }),
  ),
  'indices.propose': call<IndexProposals>()(
    'Index types for a column, each with the reason, its settings and what it would cost; the best one marked.',
    z.strictObject({ ...reading, column: columnName }),
  ),
  'indices.create': stream<JobEvent<IndexCreated>>()(
    'Builds an index and shows that queries use it; a job that can be cancelled.',
    z.strictObject({
      dataset: datasetHandle,
      column: columnName,
      type: z.enum(INDEX_TYPES),
      params: params.optional(),
      name: indexName.optional(),
      replace: z.boolean().optional(),
    }),
  ),
  'indices.drop': call<{
    readonly dropped: IndexEntry
    readonly versionBefore: number
    readonly versionAfter: number
  }>()(
    'Takes an index out of the newest version; its files stay until a cleanup.',
    z.strictObject({ dataset: datasetHandle, name: indexName }),
  ),
  'indices.optimize': stream<JobEvent<IndicesOptimized>>()(
    'Folds rows no index covers into the indices; LanceDB compacts small fragments first. A job.',
    z.strictObject({ dataset: datasetHandle }),
  ),
} as const

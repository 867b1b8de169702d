import { z } from 'zod'
import type { ColumnEmbedder, EmbedderInfo } from '../model/embedder.ts'
import { columnName, datasetHandle, reading } from './common.ts'
import { call } from './define.ts'

const id = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/)

export const embedders = {
  'embedders.list': call<readonly EmbedderInfo[]>()(
    'Everything that can turn text into vectors here: the built-in one, and the endpoints that were added.',
    z.strictObject({}),
  ),
  'embedders.save': call<EmbedderInfo>()(
    'Adds or changes an OpenAI-compatible endpoint. Nothing is sent to it yet; its key is never written to disk.',
    z.strictObject({
      id,
      title: z.string().min(1).max(100),
      url: z.url().max(2048),
      model: z.string().min(1).max(200),
      apiKeyVariable: z
        .string()
        .regex(/^[A-Za-z_][A-Za-z0-9_]{0,100}$/)
        .optional(),
      /** Kept in memory until the engine ends. */
      apiKey: z.string().min(1).max(4096).optional(),
    }),
  ),
  'embedders.remove': call<Record<string, never>>()('Forgets an endpoint that was added.', z.strictObject({ id })),
  'embedders.embed': call<{
    readonly vectors: readonly (readonly number[])[]
    readonly dimension: number
    readonly elapsedMs: number
  }>()(
    'Vectors of some texts; also the way to test an endpoint.',
    z.strictObject({ embedder: id, texts: z.array(z.string().min(1).max(100_000)).min(1).max(64) }),
  ),
  'embedders.columns': call<readonly ColumnEmbedder[]>()(
    'Where the vectors of each vector column come from, as far as the metadata of the dataset says.',
    z.strictObject(reading),
  ),
  'embedders.assign': call<{ readonly versionBefore: number; readonly versionAfter: number }>()(
    'Records in the metadata of a vector column which embedder made it.',
    z.strictObject({
      dataset: datasetHandle,
      column: columnName,
      embedder: id,
      sourceColumn: columnName.optional(),
    }),
  ),
} as const

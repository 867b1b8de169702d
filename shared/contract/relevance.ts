import { z } from 'zod'
import type { RelevanceRun, RelevanceSet } from '../model/relevance.ts'
import { columnName, datasetHandle, filter, location, reading, rowId } from './common.ts'
import { call, stream } from './define.ts'
import { searchParams, textQuery } from './search.ts'

const setName = z.string().min(1).max(120)

const relevanceSet = z.strictObject({
  name: setName,
  location,
  k: z.int().min(1).max(1000),
  keyColumn: columnName.optional(),
  queries: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(64),
        label: z.string().max(10_000),
        text: z.union([z.string().max(10_000), textQuery]).optional(),
        vector: z.array(z.number()).min(1).max(65_536).optional(),
        embed: z
          .strictObject({ text: z.string().min(1).max(100_000), embedder: z.string().min(1).max(128).optional() })
          .optional(),
        judgments: z
          .array(
            z.strictObject({
              rowId,
              key: z.string().max(4096).optional(),
              grade: z.union([z.literal(0), z.literal(1)]),
            }),
          )
          .max(10_000),
      }),
    )
    .max(1000),
  configurations: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(120),
        column: columnName.optional(),
        use: z.enum(['vector', 'text', 'hybrid']),
        filter: filter.optional(),
        params: searchParams.optional(),
      }),
    )
    .max(16),
})

export const relevance = {
  'relevance.list': call<
    readonly { readonly name: string; readonly queries: number; readonly judgments: number; readonly runs: number }[]
  >()('Names of the relevance sets kept for a dataset.', z.strictObject({ dataset: datasetHandle })),
  'relevance.get': call<RelevanceSet>()(
    'A relevance set with its judgments and past runs.',
    z.strictObject({ dataset: datasetHandle, name: setName }),
  ),
  'relevance.save': call<RelevanceSet>()(
    'Saves a relevance set beside the app’s data; past runs stay.',
    z.strictObject({ dataset: datasetHandle, set: relevanceSet.omit({ location: true }) }),
  ),
  'relevance.remove': call<Record<string, never>>()(
    'Deletes a relevance set.',
    z.strictObject({ dataset: datasetHandle, name: setName }),
  ),
  'relevance.run': stream<
    | { readonly kind: 'progress'; readonly done: number; readonly total: number }
    | { readonly kind: 'done'; readonly run: RelevanceRun }
  >()(
    'Runs every query of a set with each of its configurations: nDCG, recall and MRR at k, kept with the set.',
    z.strictObject({ ...reading, name: setName }),
  ),
} as const

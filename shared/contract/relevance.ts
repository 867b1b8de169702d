import { z } from 'zod'
import type { RelevanceEntry, RelevanceSet } from '../model/relevance.ts'
import { columnName, datasetHandle, filter, ref, rowId, version } from './common.ts'
import { call } from './define.ts'
import { columnsToSearch, searchParams, textOrTerms, vector } from './search.ts'

/** Bounds of one set; a name is free text, which no file is called by. */
/** A text an embedder makes the vector of when it is asked. */
const textVector = z.strictObject({ text: z.string().min(1).max(100_000), embedder: z.string().min(1).max(64) })

const setName = z
  .string()
  .min(1)
  .max(120)
  .refine((name) => name.trim() !== '', 'only blanks')
const k = z.int().min(1).max(1000)
const RUNS_MAX = 1000

const judgment = z
  .strictObject({
    rowId: rowId.optional(),
    key: z.string().max(4096).optional(),
    grade: z.union([z.literal(0), z.literal(1)]),
  })
  .refine((one) => one.rowId !== undefined || one.key !== undefined, 'neither a rowId nor a key')

const queries = z
  .array(
    z
      .strictObject({
        label: z.string().max(10_000),
        vector: z.union([vector, textVector]).optional(),
        text: textOrTerms.optional(),
        textColumns: columnsToSearch.optional(),
        judgments: z.array(judgment).max(10_000),
      })
      .refine((one) => one.vector !== undefined || one.text !== undefined, 'neither a vector nor a text'),
  )
  .max(1000)

const configurations = z
  .array(
    z.strictObject({
      name: z.string().min(1).max(120),
      use: z.enum(['vector', 'text', 'hybrid']),
      column: columnName.optional(),
      filter: filter.optional(),
      params: searchParams.optional(),
      ref: ref.optional(),
    }),
  )
  .max(16)

const share = z.number().min(0).max(1)
const run = z.strictObject({
  at: z.iso.datetime({ offset: true }),
  version,
  k,
  figures: z
    .array(
      z.strictObject({
        configuration: z.string().max(120),
        ndcg: share,
        recall: share,
        mrr: share,
        p50Ms: z.number().min(0),
        queries: z.int().min(0),
        failed: z.array(z.strictObject({ query: z.string().max(10_000), message: z.string().max(10_000) })).max(1000),
      }),
    )
    .max(16),
})

/** A set as it is saved; runs that are left out stay as they are. */
export const relevanceSet = z.strictObject({
  name: setName,
  k,
  keyColumn: columnName.optional(),
  queries,
  configurations,
  runs: z.array(run).max(RUNS_MAX).optional(),
})

export const relevance = {
  'relevance.list': call<readonly RelevanceEntry[]>()(
    'Relevance sets kept for a dataset, and files among them that cannot be read.',
    z.strictObject({ dataset: datasetHandle }),
  ),
  'relevance.get': call<RelevanceSet>()(
    'A relevance set with its judgments, configurations and past runs.',
    z.strictObject({ dataset: datasetHandle, name: setName }),
  ),
  'relevance.save': call<RelevanceSet>()(
    'Saves a relevance set beside the app’s data, in place of one of its name; past runs stay unless runs are given.',
    z.strictObject({ dataset: datasetHandle, set: relevanceSet }),
  ),
  'relevance.record': call<RelevanceSet>()(
    'Adds the figures of a run to a relevance set.',
    z.strictObject({ dataset: datasetHandle, name: setName, run }),
  ),
  'relevance.remove': call<Record<string, never>>()(
    'Deletes a relevance set by its name, or a damaged file among them.',
    z
      .strictObject({
        dataset: datasetHandle,
        name: setName.optional(),
        file: z
          .string()
          .regex(/^[0-9a-f]{32}\.json$/)
          .optional(),
      })
      .refine((one) => (one.name === undefined) !== (one.file === undefined), 'either a name or a file'),
  ),
} as const

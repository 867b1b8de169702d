import { z } from 'zod'
import { DEFAULT_CHUNKING } from '../model/import/documents.ts'
import type { ImportPreview } from '../model/import/preview.ts'
import type { ImportLogLine, ImportRecord, ImportResult } from '../model/import/result.ts'
import type { InspectEvent, Inspected } from '../model/import/source.ts'
import type { ImportSpec } from '../model/import/spec.ts'
import { SCALAR_TYPES, type ImportType } from '../model/import/tables.ts'
import type { JobEvent } from '../model/job.ts'
import { columnName, location } from './common.ts'
import { call, stream } from './define.ts'

const importId = z.string().min(1).max(64)
const uploadId = z.string().min(1).max(64)
const text = z.string().max(4096)
const character = z.string().length(1)
/** '' = none. */
const mark = z.string().max(1)
const sources = {
  paths: z.array(location).max(100_000).optional(),
  uploads: z.array(uploadId).max(1000).optional(),
}

const scalars = SCALAR_TYPES.join('|')
/** Longest description of an object of known keys; the engine reads what is in it. */
const MAX_TYPE = 100_000
/** `int64`, `vector[768]`, `list<string>`, `struct<"city": string>`, `as-is`. */
const importType = z.custom<ImportType>(
  (value) =>
    typeof value === 'string' &&
    value.length <= MAX_TYPE &&
    new RegExp(`^(as-is|${scalars}|list<(${scalars})>|vector\\[[1-9]\\d{0,5}\\]|struct<.+>)$`, 's').test(value),
  'Not a type: int64, float64, string, bool, date, timestamp, json, vector[768], list<string>, as-is …',
)

const columnPlan = z.strictObject({
  source: columnName,
  name: columnName.optional(),
  type: importType,
  skip: z.boolean().optional(),
  nullTokens: z.array(text).max(100).optional(),
  dateFormat: z.string().min(1).max(100).optional(),
})

const reading = z.strictObject({
  delimiter: character.optional(),
  quote: mark.optional(),
  comment: mark.optional(),
  shortRows: z.enum(['null', 'bad']).optional(),
  hasHeader: z.boolean().optional(),
  encoding: z.string().min(1).max(40).optional(),
  skipLines: z.int().min(0).max(1_000_000).optional(),
  sheet: text.optional(),
  records: text.optional(),
})

const json = z.record(z.string().max(4096), z.json())

const chunking = z
  .strictObject({
    by: z.enum(['structure', 'fixed']).default(DEFAULT_CHUNKING.by),
    unit: z.enum(['tokens', 'characters']).default(DEFAULT_CHUNKING.unit),
    size: z.int().min(16).max(1_000_000).default(DEFAULT_CHUNKING.size),
    overlap: z.int().min(0).max(500_000).default(DEFAULT_CHUNKING.overlap),
  })
  .refine(({ size, overlap }) => overlap < size, 'The overlap has to be smaller than the chunk.')

const labels = { tags: z.array(text).max(1000).default([]), metadata: json.default({}) }

/** What a spec leaves out is as the window proposes it. */
const rows = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('documents'),
    chunking: chunking.default(DEFAULT_CHUNKING),
    keepRaw: z.boolean().default(false),
    ...labels,
  }),
  z.strictObject({
    kind: z.literal('tables'),
    reading: reading.default({}),
    columns: z.array(columnPlan).min(1).max(10_000).optional(),
    nullTokens: z.array(text).max(100).optional(),
    badRows: z.enum(['stop', 'reject', 'null']).default('reject'),
  }),
  z.strictObject({
    kind: z.literal('media'),
    thumbnails: z.boolean().default(true),
    ...labels,
  }),
])

const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('new'), location }),
  z.strictObject({
    kind: z.literal('existing'),
    location,
    mode: z.enum(['append', 'upsert', 'overwrite', 'update']),
    key: z.array(columnName).min(1).max(100).optional(),
    mapping: z.record(columnName, columnName.nullable()).optional(),
    gone: z.enum(['keep', 'delete']).optional(),
  }),
])

const specOfAnybody = z.strictObject({
  version: z.literal(1).default(1),
  sources: z.strictObject({ ...sources, exclude: z.array(text).max(100_000).optional() }),
  rows,
  target,
  duplicates: z
    .strictObject({
      by: z.union([z.literal('content'), z.array(columnName).min(1).max(100)]),
      keep: z.enum(['first', 'last', 'error']),
    })
    .optional(),
  embed: z.strictObject({ embedder: z.string().min(1).max(200), source: columnName, target: columnName }).optional(),
  compactAtEnd: z.boolean().optional(),
})

/** Typed as a whole spec also where it comes in: code of ours leaves nothing out, files and scripts may. */
export const importSpec = specOfAnybody as z.ZodType<ImportSpec, ImportSpec>

export const imports = {
  'import.inspect': call<Inspected>()(
    'What files, folders and uploads hold: kind, rows, columns, and what is wrong with them.',
    z.strictObject(sources),
  ),
  'import.look': stream<InspectEvent>()(
    'As import.inspect, and says on the way how many of the files were looked at.',
    z.strictObject(sources),
  ),
  'import.preview': call<ImportPreview>()(
    'What an import would do, from a sample: types with evidence, chunks, first rows, match with the target. Writes nothing.',
    z.strictObject({ spec: importSpec, file: text.optional() }),
  ),
  'import.run': stream<JobEvent<ImportResult>>()(
    'Imports files into a new or an existing dataset. A job; goes on after a crash with import.resume.',
    z.strictObject({
      spec: importSpec,
      maxMemoryBytes: z
        .int()
        .min(64 * 1024 * 1024)
        .optional(),
    }),
  ),
  'import.resume': stream<JobEvent<ImportResult>>()(
    'Goes on with a paused or interrupted import from its last commit. A job.',
    z.strictObject({ import: importId }),
  ),
  'import.pause': call<ImportRecord>()(
    'Ends the process of an import after its last commit; import.resume goes on.',
    z.strictObject({ import: importId }),
  ),
  'import.list': call<readonly ImportRecord[]>()(
    'Imports of this machine, newest first, with how far they are.',
    z.strictObject({}),
  ),
  'import.log': call<readonly ImportLogLine[]>()(
    'What an import did, file by file.',
    z.strictObject({ import: importId }),
  ),
  'import.forget': call<null>()(
    'Removes the journal and the log of an import that does not run. Rows it wrote stay.',
    z.strictObject({ import: importId }),
  ),
} as const

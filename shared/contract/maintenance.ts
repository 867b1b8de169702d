import { z } from 'zod'
import type { JobEvent } from '../model/job.ts'
import {
  CHOSEN_ROWS_MAX,
  type Forecast,
  type Leftover,
  type MaintenancePlan,
  type MaintenanceResult,
  MEMORY_CEILING_LEAST,
  type PlanState,
} from '../model/maintenance.ts'
import { datasetHandle, filter, location, rowId, version } from './common.ts'
import { call, stream } from './define.ts'

const fragments = z.array(z.int().min(0).max(0xffff_ffff)).min(1).max(100_000)
const rowsPerFragment = z.int().min(1).max(1_000_000_000)
const keep = {
  olderThan: z.iso.datetime({ offset: true }).optional(),
  keepLast: z.int().min(1).max(1_000_000).optional(),
  deleteUnverified: z.boolean().optional(),
}
const purge = { fragments: fragments.optional() }
const refragment = { rowsPerFragment, fragments: fragments.optional() }
const deletion = {
  filter: filter.optional(),
  rows: z.strictObject({ version, ids: z.array(rowId).min(1).max(CHOSEN_ROWS_MAX) }).optional(),
}
const copy = { to: location, rowsPerFragment: rowsPerFragment.optional(), formatVersion: z.string().max(16).optional() }

const operation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('compact') }),
  z.strictObject({ kind: z.literal('optimize-indices') }),
  z.strictObject({ kind: z.literal('purge-deletions'), ...purge }),
  z.strictObject({ kind: z.literal('refragment'), ...refragment }),
  z.strictObject({ kind: z.literal('cleanup'), ...keep }),
  z.strictObject({ kind: z.literal('delete-rows'), ...deletion }),
  z.strictObject({ kind: z.literal('migrate-manifests') }),
  z.strictObject({ kind: z.literal('copy'), ...copy }),
])

/** Every job may be given a ceiling of its process's memory; absent = half of the machine's. */
const job = {
  dataset: datasetHandle,
  maxMemoryBytes: z.int().min(MEMORY_CEILING_LEAST).optional(),
}

const percent = z.number().min(0).max(100)
/** Also what a saved plan is read by. */
export const maintenancePlan: z.ZodType<MaintenancePlan, MaintenancePlan> = z.strictObject({
  compact: z.strictObject({ smallFragmentsAbove: z.int().min(1).max(1_000_000) }).optional(),
  purgeDeletions: z.strictObject({ deletedPercentAbove: percent }).optional(),
  optimizeIndices: z.strictObject({ coveragePercentBelow: percent }).optional(),
  cleanup: z
    .strictObject({
      keepDays: z.number().min(0).max(36_500).optional(),
      keepLast: z.int().min(1).max(1_000_000).optional(),
    })
    .optional(),
  whenIdle: z.boolean(),
})

export const maintenance = {
  'maintenance.forecast': call<Forecast>()(
    'What an operation would do to main now: rows, bytes, disk, memory. Changes nothing.',
    z.strictObject({ dataset: datasetHandle, operation }),
  ),
  'maintenance.compact': stream<JobEvent<MaintenanceResult>>()(
    'Merges small fragments and rewrites those with many deleted rows, as LanceDB chooses; keeps all versions. A job.',
    z.strictObject(job),
  ),
  'maintenance.optimizeIndices': stream<JobEvent<MaintenanceResult>>()(
    'Folds rows no index covers into the indices; LanceDB compacts first. A job.',
    z.strictObject(job),
  ),
  'maintenance.purgeDeletions': stream<JobEvent<MaintenanceResult>>()(
    'Rewrites fragments with deleted rows without them, however few. A job.',
    z.strictObject({ ...job, ...purge }),
  ),
  'maintenance.refragment': stream<JobEvent<MaintenanceResult>>()(
    'Rewrites chosen fragments into ones of another size, batch by batch. A job.',
    z.strictObject({ ...job, ...refragment }),
  ),
  'maintenance.deleteRows': stream<JobEvent<MaintenanceResult>>()(
    'Deletes rows of main: those that match a filter, or those chosen by id in a version. Older versions keep them. A job.',
    z.strictObject({ ...job, ...deletion }),
  ),
  'maintenance.migrateManifests': stream<JobEvent<MaintenanceResult>>()(
    'Renames manifests to the newer scheme, which lists faster. A job.',
    z.strictObject(job),
  ),
  'maintenance.copy': stream<JobEvent<MaintenanceResult>>()(
    'Writes the rows of main into a new dataset, with other fragment sizes or a newer file format. A job.',
    z.strictObject({ ...job, ...copy }),
  ),
} as const

/** What removes files, and when maintenance runs. */
export const cleaning = {
  'maintenance.cleanup': stream<JobEvent<MaintenanceResult>>()(
    'Removes old versions and the files only they use, never tagged, branched or newest ones. Cannot be undone. A job.',
    z.strictObject({ ...job, ...keep }),
  ),
  'maintenance.leftovers': call<readonly Leftover[]>()(
    'Files no version uses: what stopped or failed writes left behind.',
    z.strictObject({ dataset: datasetHandle }),
  ),
  'maintenance.removeLeftovers': call<{ readonly files: number; readonly bytes: number }>()(
    'Removes files no version uses, each checked again before it goes.',
    z.strictObject({ dataset: datasetHandle, paths: z.array(z.string().min(1).max(4096)).min(1).max(100_000) }),
  ),
  'maintenance.plan.get': call<PlanState>()(
    'The maintenance plan of a dataset and which of its steps are due.',
    z.strictObject({ dataset: datasetHandle }),
  ),
  'maintenance.plan.set': call<PlanState>()(
    'Sets the maintenance plan of a dataset; null removes it.',
    z.strictObject({ dataset: datasetHandle, plan: z.union([maintenancePlan, z.null()]) }),
  ),
  'maintenance.plan.run': stream<
    | {
        readonly kind: 'step'
        readonly step: number
        readonly steps: number
        readonly event: JobEvent<MaintenanceResult>
      }
    | { readonly kind: 'done'; readonly results: readonly MaintenanceResult[] }
  >()(
    'Runs the due steps of a plan in order: each a job; stops at the first that fails.',
    z.strictObject({ dataset: datasetHandle }),
  ),
} as const

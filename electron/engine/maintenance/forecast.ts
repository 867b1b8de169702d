import type { Input } from '#shared/contract/index.ts'
import type { Forecast, MaintenanceKind, MaintenanceOperation } from '#shared/model/maintenance.ts'
import type { EngineContext } from '../context.ts'
import { forecastCleanup } from './cleanup/forecast.ts'
import { forecastCompact, forecastFoldIndices } from './compact.ts'
import { forecastCopy } from './copy.ts'
import { forecastDeleteRows } from './delete-rows.ts'
import { forecastMigrateManifests } from './migrate-manifests.ts'
import { readSubject, type Forecaster, type Subject } from './operation.ts'
import { forecastPurge } from './purge.ts'
import { forecastRewrite } from './rewrite.ts'

/** How each operation is foretold. */
const FORECASTERS: { readonly [K in MaintenanceKind]: Forecaster<K> } = {
  compact: forecastCompact,
  'optimize-indices': forecastFoldIndices,
  'purge-deletions': forecastPurge,
  refragment: forecastRewrite,
  'delete-rows': forecastDeleteRows,
  'migrate-manifests': forecastMigrateManifests,
  copy: forecastCopy,
  cleanup: forecastCleanup,
}

/** What an operation would do to main now. Changes nothing. */
export async function forecast(
  context: EngineContext,
  { dataset, operation }: Input<'maintenance.forecast'>,
  signal: AbortSignal,
): Promise<Forecast> {
  return forecastOf(await readSubject(context, dataset, signal), operation)
}

export function forecastOf(subject: Subject, operation: MaintenanceOperation): Promise<Forecast> {
  // Each was found under the kind of its own operation.
  return (FORECASTERS[operation.kind] as Forecaster<typeof operation.kind>)(subject, operation)
}

import type { Forecast, MaintenanceKind, MaintenanceOperation, MaintenanceResult } from '#shared/model/maintenance.ts'
import type { EngineContext, OpenDataset, ResolvedRef } from '../context.ts'
import type { Manifest } from '../format/types.ts'
import { jobsOf, type Task } from '../jobs/index.ts'
import { freeDiskBytes } from '../store/free-disk.ts'

export type OperationOf<K extends MaintenanceKind> = Extract<MaintenanceOperation, { readonly kind: K }>

/** Main at its newest version, as a forecast looks at it. */
export interface Subject {
  readonly context: EngineContext
  readonly dataset: OpenDataset
  readonly at: ResolvedRef
  readonly manifest: Manifest
  readonly signal: AbortSignal
}

/** Says what an operation would do. Refuses, with the reason, what cannot be done at all. */
export type Forecaster<K extends MaintenanceKind> = (subject: Subject, operation: OperationOf<K>) => Promise<Forecast>

/** What the job of an operation is given. */
export interface OperationInput<K extends MaintenanceKind> {
  readonly location: string
  readonly operation: OperationOf<K>
  /** Bytes the forecast expects to be written; null = not known. */
  readonly expectedBytes: number | null
}

export type OperationTask<K extends MaintenanceKind> = Task<OperationInput<K>, MaintenanceResult>

export async function readSubject(context: EngineContext, handle: string, signal: AbortSignal): Promise<Subject> {
  const dataset = context.datasets.get(handle)
  const at = await dataset.resolve()
  return { context, dataset, at, manifest: await dataset.manifest(at), signal }
}

/** The figures every forecast has; `place` is where it writes, absent = the dataset. */
export async function forecastBase<K extends MaintenanceKind>(
  kind: K,
  { context, dataset, at }: Subject,
  place = dataset.location,
): Promise<{ readonly kind: K } & Pick<Forecast, 'version' | 'freeDiskBytes' | 'memoryLimitBytes'>> {
  const { memoryLimitBytes } = jobsOf(context)
  return { kind, version: at.version, freeDiskBytes: await freeDiskBytes(place), memoryLimitBytes }
}

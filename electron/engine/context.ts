import type { ErrorValue } from '#shared/errors.ts'
import type { JobOperation, JobProgress } from '#shared/model/job.ts'
import type { Ref } from '#shared/model/ref.ts'
import type { Manifest } from './format/types.ts'
import type { ObjectStore } from './store/object-store.ts'

/** What every area of the engine is given at start. */
export interface EngineContext {
  readonly datasets: DatasetRegistry
  readonly paths: EnginePaths
  readonly facts: EngineFacts
  /** One line to the engine's log (stderr). Never secrets, never row contents. */
  log(line: string): void
  /** Starts a process for one job; absent where the host starts none, as in most tests and in job processes themselves. */
  readonly startJob?: StartJob | undefined
}

/** What a job process is asked to do. The input crosses process boundaries: plain values and bytes only. */
export interface JobRequest {
  readonly operation: JobOperation
  readonly input: unknown
}

/** What a job process tells. After `result` or `failed` it tells nothing more and ends. */
export type JobProcessEvent =
  | { readonly kind: 'progress'; readonly progress: JobProgress }
  | { readonly kind: 'memory'; readonly rssBytes: number }
  /** Its work is done and stays; what is left measures it. From here on no ceiling ends it. */
  | { readonly kind: 'measuring' }
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly error: ErrorValue }

export interface JobListener {
  onEvent(event: JobProcessEvent): void
  /** Told once, after every event: the process is gone. `reason` is one sentence on how. */
  onExit(reason: string): void
}

/** The job's process as the engine sees it. */
export interface JobProcess {
  /** Ends it at once; `onExit` follows. */
  kill(): void
}

export type StartJob = (request: JobRequest, listener: JobListener) => JobProcess

export interface EnginePaths {
  /** Settings, sample, links. Created on first write. */
  readonly dataDir: string
  /** When set, nothing outside this folder may be listed or opened (`--root`). Absolute, links resolved. */
  readonly root: string | undefined
}

/** Told by the host when it starts the engine. */
export interface EngineFacts {
  readonly appVersion: string
  readonly restarts: number
  readonly lastExit: { readonly reason: string; readonly at: string } | undefined
}

/** Datasets open in this process, by handle. The handle of a location is always the same, so it survives a restart. */
export interface DatasetRegistry {
  /**
   * Checks the location, its newest manifest and its flags without the native module. However many hold it, a location
   * is one dataset, open until its last holder has closed it or is aborted; without a holder, until the process ends.
   * With a ref, the manifest of that state is checked instead of the newest one.
   */
  open(location: string, holder?: AbortSignal, ref?: Ref): Promise<OpenDataset>
  /** Throws `unknown-dataset` when the handle is not open here. */
  get(handle: string): OpenDataset
  /** Releases it for one holder. */
  close(handle: string, holder?: AbortSignal): void
}

/** One dataset. Manifests are immutable and cached; nothing here touches the native module. */
export interface OpenDataset {
  readonly handle: string
  /** Absolute path of the dataset directory. */
  readonly location: string
  /** Last part of the location without `.lance`. */
  readonly name: string
  readonly store: ObjectStore
  /** Resolves a ref to a branch and version; absent ref = newest of main. `version-not-found`, `ref-not-found`. */
  resolve(ref?: Ref): Promise<ResolvedRef>
  /** The manifest of a resolved state. `version-not-found`, `corrupt-manifest`, `unsupported-format`. */
  manifest(at: ResolvedRef): Promise<Manifest>
  /**
   * File name of the one manifest of main Lance may see to open a state, when it cannot open it beside the newest
   * manifest of main, which is damaged, of a newer Lance, or not ours to read; undefined when it can.
   */
  shadowedManifest(at: ResolvedRef): Promise<string | undefined>
}

export interface ResolvedRef {
  /** Undefined = main. */
  readonly branch: string | undefined
  readonly version: number
}

import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { ErrorValue } from '#shared/errors.ts'
import type { ImportResult } from '#shared/model/import/result.ts'
import type { SourceItem } from '#shared/model/import/source.ts'
import type { ImportSpec } from '#shared/model/import/spec.ts'
import type { JobInfo } from '#shared/model/job.ts'
import type { UploadProgress } from '../choose/upload.ts'
import type { Draft, Sources } from './draft.ts'

/** An import this window started or went on with. */
export interface Run {
  readonly key: number
  readonly location: string
  readonly state: 'running' | 'pausing' | 'paused' | 'cancelled' | 'failed' | 'done'
  /** As `import.list` names it; undefined until it is known. */
  readonly importId?: string
  readonly job?: JobInfo
  readonly result?: ImportResult
  readonly error?: ErrorValue
  readonly spec: ImportSpec
}

/** What was found, and what is to become of it. */
export interface Review {
  readonly kind: 'review'
  readonly draft: Draft
  readonly items: readonly SourceItem[]
  /** True when there is more than was looked at. */
  readonly isTruncated: boolean
  /** Files the browser could not read. */
  readonly unreadable: readonly string[]
}

/** What the import window shows. */
export type Stage =
  | { readonly kind: 'choose' }
  | {
      readonly kind: 'upload'
      readonly progress?: UploadProgress
      readonly found?: number
      readonly error?: ErrorValue
    }
  | {
      readonly kind: 'inspect'
      readonly sources: Sources
      readonly looked?: { readonly done: number; readonly total: number }
      readonly error?: ErrorValue
    }
  /** Nothing but Lance datasets: they can be opened as well. */
  | { readonly kind: 'lance'; readonly review: Review }
  | Review
  | { readonly kind: 'run'; readonly run: number }

export interface ImportState {
  readonly isOpen: boolean
  readonly stage: Stage
  /** The dataset an import was asked for; absent = a new one unless something else is chosen. */
  readonly into: string | undefined
  /** The review a run was started from, for the other families of the same drop. */
  readonly last: Review | undefined
  readonly runs: Readonly<Record<number, Run>>
}

export const importStore = createStore<ImportState>(() => ({
  isOpen: false,
  stage: { kind: 'choose' },
  into: undefined,
  last: undefined,
  runs: {},
}))

export function useImport<T>(select: (state: ImportState) => T): T {
  return useStore(importStore, select)
}

export function setStage(stage: Stage): void {
  importStore.setState({ stage })
}

/** Changes the import under review; nothing happens when none is. */
export function editDraft(change: (draft: Draft) => Partial<Draft>): void {
  importStore.setState(({ stage }) =>
    stage.kind === 'review' ? { stage: { ...stage, draft: { ...stage.draft, ...change(stage.draft) } } } : {},
  )
}

export function editTarget(change: Partial<Draft['target']>): void {
  editDraft(({ target }) => ({ target: { ...target, ...change } }))
}

export function patchRun(key: number, change: Partial<Run>): void {
  importStore.setState(({ runs }) => {
    const run = runs[key]
    return run === undefined ? {} : { runs: { ...runs, [key]: { ...run, ...change } } }
  })
}

export function closeImport(): void {
  importStore.setState({ isOpen: false })
}

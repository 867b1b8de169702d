import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { ErrorValue } from '#shared/errors.ts'
import type { MaintenanceKind, MaintenanceResult } from '#shared/model/maintenance.ts'
import { onTabClosed, showView } from '#renderer/features/workspace/index.ts'
import type { Draft } from './operations.ts'

/** What came of the last run of an operation, until it is dismissed. */
export type Outcome =
  | { readonly kind: 'done'; readonly result: MaintenanceResult }
  | { readonly kind: 'failed'; readonly error: ErrorValue }

/** A run of a plan: how far it is, and how it ended. */
export interface PlanRun {
  readonly isRunning: boolean
  /** 1-based; absent until the first step begins. */
  readonly step?: number
  readonly steps?: number
  readonly title?: string
  readonly results: readonly MaintenanceResult[]
  readonly error?: ErrorValue
}

/** The parts of the view. */
export type Part = 'operations' | 'plan' | 'leftovers'

interface OfDataset {
  readonly part: Part
  /** The operation looked at. */
  readonly kind: MaintenanceKind
  /** What was typed or filled in since the tab was opened. */
  readonly draft: Partial<Draft>
  readonly outcomes: Partial<Readonly<Record<MaintenanceKind, Outcome>>>
  readonly planRun?: PlanRun | undefined
}

const NOTHING: OfDataset = { part: 'operations', kind: 'compact', draft: {}, outcomes: {} }

const store = createStore<{ readonly datasets: Readonly<Record<string, OfDataset>> }>(() => ({ datasets: {} }))

function change(dataset: string, to: (old: OfDataset) => OfDataset): void {
  store.setState(({ datasets }) => ({ datasets: { ...datasets, [dataset]: to(datasets[dataset] ?? NOTHING) } }))
}

/** What of the view is in front. */
export function usePart(dataset: string): Part {
  return useStore(store, ({ datasets }) => (datasets[dataset] ?? NOTHING).part)
}

/** Shows a part of the Maintenance view of a dataset, from anywhere. */
export function openPart(dataset: string, part: Part): void {
  showPart(dataset, part)
  showView(dataset, 'maintenance')
}

export function showPart(dataset: string, part: Part): void {
  change(dataset, (old) => ({ ...old, part }))
}

export function useKind(dataset: string): MaintenanceKind {
  return useStore(store, ({ datasets }) => (datasets[dataset] ?? NOTHING).kind)
}

/** Brings an operation to the front of the view, which stays where it is. */
export function chooseKind(dataset: string, kind: MaintenanceKind): void {
  change(dataset, (old) => ({ ...old, part: 'operations', kind }))
}

/** The fields of the operations of a dataset, as far as they are not as they begin. */
export function useDraft(dataset: string): Partial<Draft> {
  return useStore(store, ({ datasets }) => (datasets[dataset] ?? NOTHING).draft)
}

export function changeDraft(dataset: string, part: Partial<Draft>): void {
  change(dataset, (old) => ({ ...old, draft: { ...old.draft, ...part } }))
}

/** Shows an operation in the Maintenance view of a dataset, from anywhere, with its fields filled in where given. */
export function openOperation(dataset: string, kind: MaintenanceKind, fields: Partial<Draft> = {}): void {
  chooseKind(dataset, kind)
  changeDraft(dataset, fields)
  showView(dataset, 'maintenance')
}

export function useOutcome(dataset: string, kind: MaintenanceKind): Outcome | undefined {
  return useStore(store, ({ datasets }) => datasets[dataset]?.outcomes[kind])
}

/** Keeps what came of an operation; undefined forgets it. */
export function setOutcome(dataset: string, kind: MaintenanceKind, outcome: Outcome | undefined): void {
  change(dataset, (old) => {
    const { [kind]: _, ...rest } = old.outcomes
    return { ...old, outcomes: outcome === undefined ? rest : { ...rest, [kind]: outcome } }
  })
}

export function usePlanRun(dataset: string): PlanRun | undefined {
  return useStore(store, ({ datasets }) => datasets[dataset]?.planRun)
}

export function setPlanRun(dataset: string, planRun: PlanRun | undefined): void {
  change(dataset, (old) => ({ ...old, planRun }))
}

onTabClosed((dataset) => {
  store.setState(({ datasets }) => {
    const { [dataset]: _, ...rest } = datasets
    return { datasets: rest }
  })
})

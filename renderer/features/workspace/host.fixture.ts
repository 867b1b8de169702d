import type { Api, EngineState, Host } from '#renderer/bridge/host.ts'
import { AppError, type ErrorValue } from '#shared/errors.ts'
import type { DatasetSummary } from '#shared/model/dataset.ts'

/** Answers of a fake engine, by operation; a stream answers with its items. */
export type FakeAnswers = Readonly<Record<string, (input: never) => unknown>>

export interface FakeHost {
  readonly host: Host
  /** Names of operations asked, in order. */
  readonly asked: string[]
  /** Changes what the engine says about itself. */
  engineIs(state: EngineState): void
  /** What a second start or the native menu would ask for. */
  openRequested(locations: readonly string[]): void
}

export function fail(error: ErrorValue): never {
  throw new AppError(error)
}

export function summary(
  location: string,
  more: Partial<DatasetSummary> = {},
): DatasetSummary & { readonly dataset: string } {
  return {
    dataset: `handle of ${location}`,
    location,
    name: location.split('/').at(-1) ?? '',
    version: 5,
    latestVersion: 5,
    timestamp: '2026-01-01T00:00:00Z',
    rows: 10,
    columns: 2,
    fragments: 1,
    deletedRows: 0,
    dataBytes: 100,
    formatVersion: '2.1',
    writer: 'lance 1.0.0',
    featureFlags: { reader: 0, writer: 0, names: [], unknownReaderBits: [] },
    schema: [],
    indices: [],
    readOnly: false,
    stableRowIds: false,
    ...more,
  }
}

/** A host over scripted answers; what is not scripted fails with `not-found`, streams without a script stay open. */
export function fakeHost(answers: FakeAnswers): FakeHost {
  const asked: string[] = []
  const engineListeners = new Set<(state: EngineState) => void>()
  const openListeners = new Set<(locations: readonly string[]) => void>()
  let engine: EngineState = { kind: 'ready', restarts: 0 }
  const answer = (name: string, input: unknown): unknown => {
    asked.push(name)
    return answers[name] === undefined ? fail({ code: 'not-found', message: name }) : answers[name](input as never)
  }
  const api = {
    call: async (name: string, input: unknown) => answer(name, input),
    async *stream(name: string, input: unknown, options?: { readonly signal?: AbortSignal }) {
      if (answers[name] !== undefined) return yield* answer(name, input) as Iterable<unknown>
      asked.push(name)
      await new Promise((resolve) => options?.signal?.addEventListener('abort', resolve))
    },
  } as unknown as Api
  const host: Host = {
    kind: 'browser',
    api,
    pickDirectory: null,
    pathsOf: null,
    blobUrl: (id) => id,
    engine: () => engine,
    onEngine: (listener) => {
      engineListeners.add(listener)
      return () => engineListeners.delete(listener)
    },
    reconnect: () => undefined,
    onOpenRequest: (listener) => {
      openListeners.add(listener)
      return () => openListeners.delete(listener)
    },
    onMenuCommand: () => () => undefined,
  }
  return {
    host,
    asked,
    engineIs(state) {
      engine = state
      for (const listener of engineListeners) listener(state)
    },
    openRequested(locations) {
      for (const listener of openListeners) listener(locations)
    },
  }
}

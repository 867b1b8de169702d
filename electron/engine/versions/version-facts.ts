import { AppError } from '#shared/errors.ts'
import { MAX_MANIFEST_BYTES, withVersion, type ListedManifest } from '../datasets/index.ts'
import { joinPath } from '../format/names.ts'
import { createSummarizer, type ManifestSummary, type Summarizer } from '../format/summary.ts'
import { decodeTransaction, type Transaction } from '../format/transaction.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { shortenOperation } from './shorten.ts'

/** What one manifest alone says about its version. */
export type VersionFacts =
  | {
      readonly kind: 'read'
      readonly version: number
      readonly path: string
      readonly summary: Omit<ManifestSummary, 'transaction' | 'transactionFile'>
      /** Null when the record of the commit is gone or cannot be read. */
      readonly transaction: Transaction | null
    }
  | {
      readonly kind: 'broken'
      readonly version: number
      readonly path: string
      readonly problem: string
      /** Last change of the file, RFC 3339 UTC: the only time there is. */
      readonly modifiedAt: string
    }

/** Reads facts, answering from memory for manifests that have not changed since. */
export interface VersionFactsReader {
  /** Undefined when the manifest has been cleaned up meanwhile. Other failures become `broken`. */
  read(store: ObjectStore, listed: ListedManifest): Promise<VersionFacts | undefined>
}

interface Slot {
  readonly bytes: number
  readonly modifiedMs: number
  readonly facts: VersionFacts
}

const MAX_SLOTS = 50_000
const MAX_TRANSACTION_BYTES = 64 * 1024 * 1024
/** Manifests above this size are read one at a time, so that looking ahead never holds many of them. */
const LARGE_BYTES = 4 * 1024 * 1024

export function createVersionFactsReader(maxSlots = MAX_SLOTS): VersionFactsReader {
  const slots = new Map<string, Slot>()
  const summarize = createSummarizer()
  let largeLane: Promise<unknown> = Promise.resolve()

  const load = async (store: ObjectStore, listed: ListedManifest): Promise<Slot> => {
    try {
      return await readFacts(store, listed, LARGE_BYTES, summarize)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'too-large') throw error
      const turn = largeLane.then(() => readFacts(store, listed, MAX_MANIFEST_BYTES, summarize))
      largeLane = turn.catch(() => undefined)
      return turn
    }
  }

  return {
    async read(store, listed) {
      const key = `${store.root}\0${listed.path}`
      try {
        const known = slots.get(key)
        if (known !== undefined && (await isSame(store, listed, known))) return known.facts
        const slot = await load(store, listed)
        slots.delete(key)
        slots.set(key, slot)
        const oldest = slots.size > maxSlots ? slots.keys().next().value : undefined
        if (oldest !== undefined) slots.delete(oldest)
        return slot.facts
      } catch (error) {
        slots.delete(key)
        if (error instanceof AppError && error.code === 'not-found') return undefined
        return toBroken(listed, error, 0)
      }
    },
  }
}

async function isSame(store: ObjectStore, { path }: ListedManifest, slot: Slot): Promise<boolean> {
  const { bytes, modifiedMs } = await store.info(path)
  return slot.bytes === bytes && slot.modifiedMs === modifiedMs
}

async function readFacts(
  store: ObjectStore,
  listed: ListedManifest,
  maxBytes: number,
  summarize: Summarizer,
): Promise<Slot> {
  const { bytes: file, info } = await store.readWithInfo(listed.path, maxBytes)
  const { bytes, modifiedMs } = info
  return { bytes, modifiedMs, facts: await toFacts(store, listed, file, modifiedMs, summarize) }
}

async function toFacts(
  store: ObjectStore,
  listed: ListedManifest,
  file: Uint8Array,
  modifiedMs: number,
  summarize: Summarizer,
): Promise<VersionFacts> {
  const { version, path } = listed
  try {
    const { transaction: inline, transactionFile, ...summary } = summarize(file)
    const transaction = inline ?? (await readTransactionFile(store, path, transactionFile))
    const short = transaction && { ...transaction, operation: shortenOperation(transaction.operation) }
    return { kind: 'read', version, path, summary, transaction: short }
  } catch (error) {
    return toBroken(listed, error, modifiedMs)
  }
}

async function readTransactionFile(store: ObjectStore, manifest: string, name: string): Promise<Transaction | null> {
  if (name === '') return null
  const datasetFolder = manifest.split('/').slice(0, -2).join('/')
  try {
    return decodeTransaction(await store.read(joinPath(datasetFolder, '_transactions', name), MAX_TRANSACTION_BYTES))
  } catch {
    return null
  }
}

function toBroken({ version, path }: ListedManifest, error: unknown, modifiedMs: number): VersionFacts {
  const named = withVersion(error, version, path)
  if (!(named instanceof AppError)) throw named
  return { kind: 'broken', version, path, problem: named.message, modifiedAt: new Date(modifiedMs).toISOString() }
}

import type { ObjectStore, ObjectStoreUsage } from '../store/object-store.ts'

/** What one answer cost. */
export interface ReadMeter {
  /** The same store, its reads counted here too. */
  count(store: ObjectStore): ObjectStore
  usage(): ObjectStoreUsage
}

/** Counts the reads of one operation, whatever others read from the same stores meanwhile. */
export function createReadMeter(): ReadMeter {
  const usage = { requests: 0, bytes: 0 }
  const request = async <Result>(run: Promise<Result>): Promise<Result> => {
    usage.requests++
    const result = await run
    if (result instanceof Uint8Array) usage.bytes += result.byteLength
    return result
  }
  return {
    count: (store) => ({
      ...store,
      list: (folder) => request(store.list(folder)),
      listNames: (folder) => request(store.listNames(folder)),
      info: (path) => request(store.info(path)),
      read: (path, maxBytes) => request(store.read(path, maxBytes)),
      readRange: (path, start, end) => request(store.readRange(path, start, end)),
    }),
    usage: () => ({ ...usage }),
  }
}

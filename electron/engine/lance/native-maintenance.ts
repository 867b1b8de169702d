import { readTrailingUint64 } from './ipc-file.ts'
import type { NativeTable } from './native-table.ts'
import type { NativeWriter, WriteTarget } from './native-writer.ts'
import { quoteIdentifier } from './sql.ts'

/** Rows per batch when only addresses are read: 2 MB. */
const ADDRESS_BATCH = 262_144

/**
 * Deletes the rows of main that match; the rows the commit says it deleted, and the version it made. `check` is told the
 * version it is about to change, and throws where that must not be.
 */
export function deleteRows(
  writer: NativeWriter,
  target: WriteTarget,
  filter: string,
  check?: (version: number) => Promise<void>,
): Promise<{ readonly rows: number; readonly version: number }> {
  return writer.onMain(target, async (main) => {
    await check?.(await main.version())
    const { numDeletedRows, version } = await main.delete(filter)
    return { rows: numDeletedRows, version }
  })
}

/** Addresses of rows: the first inside, the last outside. */
export interface AddressRange {
  readonly from: bigint
  readonly to: bigint
}

/**
 * Writes rows of main anew, unchanged, into a fragment at the end: an update that sets a column to itself. Rows another
 * program moved meanwhile are left where they are; a version is made even when none is left.
 */
export function rewriteRows(
  writer: NativeWriter,
  target: WriteTarget,
  ranges: readonly AddressRange[],
  column: string,
): Promise<{ readonly rows: number; readonly version: number }> {
  const where = ranges.map(({ from, to }) => `(_rowaddr >= ${from} and _rowaddr < ${to})`).join(' or ')
  return writer.onMain(target, async (main) => {
    const { rowsUpdated, version } = await main.update(where, [[column, quoteIdentifier(column)]])
    return { rows: rowsUpdated, version }
  })
}

/** Rows that are looked up by one call. */
const LOOKUP_ROWS = 50_000

/** Addresses of rows by their ids, in the order of the addresses; ids without a live row are left out. */
export function addressesOf(table: NativeTable, ids: readonly bigint[], timeoutMs: number): Promise<readonly bigint[]> {
  return table.run('read', timeoutMs, async (handle) => {
    const found = new Set<bigint>()
    for (let from = 0; from < ids.length; from += LOOKUP_ROWS) {
      const query = handle.takeRowIds(ids.slice(from, from + LOOKUP_ROWS))
      query.selectColumns(['_rowaddr'])
      const batches = await query.execute(ADDRESS_BATCH, timeoutMs)
      for (let file = await batches.next(); file !== null; file = await batches.next()) {
        for (const address of readTrailingUint64(file)) found.add(address)
      }
    }
    return [...found].toSorted((a, b) => (a < b ? -1 : 1))
  })
}

/** Address of the live row at a position; undefined beyond the last. */
export function addressAt(table: NativeTable, offset: number, timeoutMs: number): Promise<bigint | undefined> {
  return table.run('read', timeoutMs, async (handle) => {
    const query = handle.query()
    query.selectColumns(['_rowaddr'])
    query.offset(offset)
    query.limit(1)
    const file = await (await query.execute(undefined, timeoutMs)).next()
    return file === null ? undefined : readTrailingUint64(file)[0]
  })
}

/** Live rows by fragment, of those that match a filter. */
export function countByFragment(
  table: NativeTable,
  filter: string,
  timeoutMs: number,
): Promise<ReadonlyMap<number, number>> {
  return table.run('filter', timeoutMs, async (handle) => {
    const query = handle.query()
    query.selectColumns(['_rowaddr'])
    query.onlyIf(filter)
    const batches = await query.execute(ADDRESS_BATCH, timeoutMs)
    const counts = new Map<number, number>()
    for (let file = await batches.next(); file !== null; file = await batches.next()) {
      for (const address of readTrailingUint64(file)) {
        const fragment = Number(address >> 32n)
        counts.set(fragment, (counts.get(fragment) ?? 0) + 1)
      }
    }
    return counts
  })
}

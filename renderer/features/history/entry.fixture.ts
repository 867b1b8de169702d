import type { OperationName, VersionEntry } from '#shared/model/version.ts'

/** A version entry for tests; committed `version` minutes after noon. */
export function entry(version: number, more: Partial<VersionEntry> = {}): VersionEntry {
  return {
    version,
    timestamp: new Date(Date.UTC(2026, 0, 1, 12, version)).toISOString(),
    operation: 'append',
    sentence: `Append: 1 fragment, ${version} rows`,
    rows: version * 10,
    rowsDelta: 10,
    fragments: version,
    fragmentsDelta: 1,
    dataBytes: version * 1000,
    dataBytesDelta: 1000,
    tags: [],
    ...more,
  }
}

/** Versions `count` to 1, newest first, operations in turn. */
export function entries(count: number, operations: readonly OperationName[] = ['append']): readonly VersionEntry[] {
  return Array.from({ length: count }, (_, index) =>
    entry(count - index, { operation: operations[index % operations.length] ?? 'append' }),
  )
}

import type { ErrorCode } from '#shared/errors.ts'

/** What the screen offers after a failure. `retry`: the same again may work. `open-other`: another place is needed. */
export type Offer = 'retry' | 'open-other' | 'latest' | 'reconnect' | 'none'

/**
 * The one table from error code to what a person can do. `cancelled` is never shown.
 * A view shows an offer only when it was given the means.
 */
const OFFERS: Readonly<Record<ErrorCode, Offer>> = {
  'invalid-input': 'none',
  'unknown-operation': 'none',
  cancelled: 'none',
  timeout: 'retry',
  disconnected: 'retry',
  'engine-died': 'retry',
  'engine-busy': 'retry',
  internal: 'retry',
  'not-found': 'open-other',
  'not-a-directory': 'open-other',
  'not-a-dataset': 'open-other',
  'empty-folder': 'open-other',
  'permission-denied': 'retry',
  'outside-root': 'open-other',
  'corrupt-manifest': 'retry',
  'corrupt-data': 'retry',
  'missing-file': 'retry',
  'unsupported-format': 'open-other',
  'unknown-dataset': 'retry',
  'version-not-found': 'latest',
  'ref-not-found': 'latest',
  'row-not-found': 'none',
  'unknown-column': 'none',
  'invalid-filter': 'none',
  'not-sortable': 'none',
  'too-large': 'none',
  'read-only': 'none',
  'disk-full': 'retry',
  'invalid-name': 'none',
  'already-exists': 'none',
  'in-use': 'none',
  'commit-conflict': 'retry',
  'comparison-expired': 'retry',
  'invalid-vector': 'none',
  'invalid-text-query': 'none',
  'index-not-found': 'retry',
  'not-indexable': 'none',
  'job-not-found': 'none',
  'embedder-not-found': 'none',
  'embedder-failed': 'retry',
  'out-of-memory': 'retry',
  'unreadable-source': 'none',
  'bad-rows': 'none',
  'duplicate-rows': 'none',
  'schema-mismatch': 'none',
  'import-not-found': 'none',
  'upload-not-found': 'retry',
}

/** What to offer for a failure with this code. */
export function offerFor(code: ErrorCode): Offer {
  return OFFERS[code]
}

/** True where files of a dataset are to blame, so that checking them may tell more. */
export function isCheckable(code: ErrorCode): boolean {
  return CHECKABLE.has(code)
}

const CHECKABLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'corrupt-manifest',
  'corrupt-data',
  'missing-file',
  'unsupported-format',
  'internal',
  'timeout',
])

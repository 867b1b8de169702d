/** Every failure the app knows. The screen decides by code what to offer; `message` is a sentence for people. */
export const ERROR_CODES = [
  'invalid-input',
  'unknown-operation',
  'cancelled',
  'timeout',
  'disconnected',
  'engine-died',
  'engine-busy',
  'internal',
  'not-found',
  'not-a-directory',
  'not-a-dataset',
  'empty-folder',
  'permission-denied',
  'outside-root',
  'corrupt-manifest',
  'corrupt-data',
  'missing-file',
  'unsupported-format',
  'unknown-dataset',
  'version-not-found',
  'ref-not-found',
  'row-not-found',
  'unknown-column',
  'invalid-filter',
  'not-sortable',
  'too-large',
  'read-only',
  'disk-full',
  'invalid-name',
  'already-exists',
  'in-use',
  'commit-conflict',
  'comparison-expired',
  'invalid-vector',
  'invalid-text-query',
  'index-not-found',
  'not-indexable',
  'job-not-found',
  'embedder-not-found',
  'embedder-failed',
  'out-of-memory',
  'unreadable-source',
  'bad-rows',
  'duplicate-rows',
  'schema-mismatch',
  'import-not-found',
  'upload-not-found',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

/** An error as it crosses a process boundary and as `npm run call` prints it. `hint` says what to do next. */
export interface ErrorValue {
  readonly code: ErrorCode
  readonly message: string
  readonly hint?: string
  /** Plain evidence for the curious: a path, a native message, offending input fields. */
  readonly detail?: unknown
}

/** The one error class of the app. Thrown inside a process, sent as an {@link ErrorValue}, rebuilt on the other side. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly detail: unknown

  constructor(value: ErrorValue, options?: { readonly cause?: unknown }) {
    super(value.message, options)
    this.code = value.code
    this.hint = value.hint
    this.detail = value.detail
  }

  toValue(): ErrorValue {
    return {
      code: this.code,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...(this.detail === undefined ? {} : { detail: this.detail }),
    }
  }
}

/** The newest version that can be read instead, where a dataset did not open because its newest manifest cannot be. */
export function readableVersionOf({ detail }: Pick<ErrorValue, 'detail'>): number | undefined {
  const version: unknown =
    typeof detail === 'object' && detail !== null && 'readableVersion' in detail ? detail.readableVersion : undefined
  return typeof version === 'number' ? version : undefined
}

/** True for any error a person caused by cancelling; such errors are never shown. */
export function isCancelled(error: unknown): boolean {
  return error instanceof AppError && error.code === 'cancelled'
}

/** Turns whatever was thrown into a value that may cross; unknown failures become `internal` without leaking a stack. */
export function toErrorValue(error: unknown): ErrorValue {
  if (error instanceof AppError) return error.toValue()
  return {
    code: 'internal',
    message: 'Something unexpected went wrong inside Tiltyard.',
    hint: 'Try again. If it happens again, the engine log has the details.',
  }
}

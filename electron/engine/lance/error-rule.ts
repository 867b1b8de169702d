import type { ErrorCode, ErrorValue } from '#shared/errors.ts'

/** What was being attempted; decides what an ambiguous native text means. */
export type Doing = 'open' | 'read' | 'filter' | 'search' | 'write'

/** What one known native text means. */
export interface Rule {
  readonly pattern: RegExp
  readonly to: (match: RegExpExecArray, doing: Doing) => ErrorValue
}

/** An error as a value: a sentence for people and what to do about it. */
export function failure(code: ErrorCode, message: string, hint?: string, detail?: object): ErrorValue {
  return { code, message, ...(hint === undefined ? {} : { hint }), ...(detail === undefined ? {} : { detail }) }
}

import type { Parser } from '../parsing/index.ts'

/** What reads files for an import: the parser thread, or what tests have in its place. */
export type Reader = Pick<Parser, 'call' | 'stream' | 'close'>

import { z } from 'zod'
import type { JobEvent } from '../model/job.ts'
import { columnName, datasetHandle } from './common.ts'
import { call, stream } from './define.ts'

const embedder = z.string().min(1).max(200)

export interface EmbedForecast {
  readonly rows: number
  /** Rows that have a vector already and stay as they are. */
  readonly rowsDone: number
  readonly texts: number
  readonly tokensAbout: number
  readonly requests: number
  readonly isRemote: boolean
  readonly dimension: number | null
  /** Null = not known before the embedder was asked for its dimension. */
  readonly bytesWrittenAtMost: number | null
  readonly freeDiskBytes: number | null
  /** An embedding of this column was stopped before and is gone on with. */
  readonly resumes: boolean
  readonly notes: readonly string[]
}

export interface EmbedResult {
  readonly column: string
  readonly rowsEmbedded: number
  /** Rows without text, left null. */
  readonly rowsEmpty: number
  /** Rows whose text the embedder refused, left null. */
  readonly rowsRefused: number
  /** Why, of the first of them. */
  readonly refusal?: string
  /** Rows others added or changed while it ran, left for the next time. */
  readonly rowsLeft: number
  readonly requests: number
  readonly retries: number
  readonly versionBefore: number
  readonly versionAfter: number
  readonly elapsedMs: number
}

export interface EmbedSwap {
  readonly versionBefore: number
  readonly versionAfter: number
  readonly kept: string
  /** What to know afterwards, such as indices that went along with the old vectors. */
  readonly notes: readonly string[]
}

export const embed = {
  'embed.forecast': call<EmbedForecast>()(
    'What embedding a text column would do and cost. Changes nothing, and sends nothing anywhere.',
    z.strictObject({ dataset: datasetHandle, source: columnName, target: columnName, embedder }),
  ),
  'embed.column': stream<JobEvent<EmbedResult>>()(
    'Fills a vector column with the vectors of a text column; run again, it goes on with rows that have none. A job.',
    z.strictObject({ dataset: datasetHandle, source: columnName, target: columnName, embedder }),
  ),
  'embed.swap': call<EmbedSwap>()(
    'Puts a filled shadow column in the place of a vector column, which is kept under another name for rollback.',
    z.strictObject({ dataset: datasetHandle, column: columnName, shadow: columnName, keepAs: columnName }),
  ),
  'embed.discard': call<{ readonly versionBefore: number; readonly versionAfter: number }>()(
    'Takes a vector column out of the newest version, such as a shadow column that did not convince.',
    z.strictObject({ dataset: datasetHandle, column: columnName }),
  ),
} as const

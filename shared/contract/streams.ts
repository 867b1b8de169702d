import { z } from 'zod'
import type { RefusedRecord, StreamCounts, StreamEvent, StreamInfo } from '../model/import/stream.ts'
import { location } from './common.ts'
import { call, stream } from './define.ts'

const streamId = z.string().min(1).max(64)

/** Records as they come, into one dataset: buffered, and committed when there are enough or they are old enough. */
export const streams = {
  'import.stream': stream<StreamEvent>()(
    'Appends JSON Lines from a growing file, or as they are pushed, until it is closed; what is buffered then is committed.',
    z.strictObject({
      /** The dataset; made of the first record where there is none. */
      location,
      /** Absent = records come by import.push. */
      file: z
        .strictObject({
          path: location,
          /** `resume`: behind what an earlier stream of this file into this dataset committed; else its start. */
          from: z.enum(['resume', 'start', 'end']),
          /** Go on at its end, waiting for more. */
          follow: z.boolean(),
        })
        .optional(),
      flushRows: z.int().min(1).max(100_000).optional(),
      flushSeconds: z.number().min(0.1).max(3600).optional(),
      /** `refuse` goes on without them, `file` also keeps them in a reject file, `stop` ends behind the last good one. */
      mismatch: z.enum(['refuse', 'file', 'stop']).optional(),
    }),
  ),
  'import.push': call<{ readonly counts: StreamCounts; readonly refused: readonly RefusedRecord[] }>()(
    'Gives records, one JSON object a line, to a stream; answers when they are buffered, after a commit where that is full.',
    z.strictObject({ stream: streamId, lines: z.array(z.string().max(1_000_000)).max(10_000) }),
  ),
  'import.flush': call<StreamInfo>()('Commits what a stream has buffered.', z.strictObject({ stream: streamId })),
  'import.close': call<StreamInfo>()(
    'Commits what a stream has buffered and ends it.',
    z.strictObject({ stream: streamId }),
  ),
  'import.streams': call<readonly StreamInfo[]>()('Streams that are open.', z.strictObject({})),
} as const

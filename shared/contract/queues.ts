import { z } from 'zod'
import type { Queue } from '../model/queue.ts'
import { location } from './common.ts'
import { call, stream } from './define.ts'

export const queues = {
  'queues.open': call<Queue>()(
    'Topics and buckets of a queue folder (topic/bucket_N/data.lance) with their counts.',
    z.strictObject({ location }),
  ),
  'queues.watch': stream<Queue>()(
    'The same now and whenever a bucket changes or comes, until the caller ends it.',
    z.strictObject({ location }),
  ),
} as const

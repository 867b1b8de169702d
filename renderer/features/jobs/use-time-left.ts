import type { JobInfo } from '#shared/model/job.ts'
import { useState } from 'react'
import { type Seen, timeLeftMs, timeLeftText } from './time-left.ts'

/** How long a job takes from now on, in words; '' as long as that cannot be told. */
export function useTimeLeft(job: Pick<JobInfo, 'id' | 'progress'> | undefined, nowMs: number): string {
  const [first, setFirst] = useState<Seen & { readonly job: string }>()
  const progress = job?.progress
  if (job === undefined || progress === undefined) return ''
  const isSame =
    first?.job === job.id && first.progress.unit === progress.unit && first.progress.total === progress.total
  if (!isSame) {
    setFirst({ job: job.id, atMs: nowMs, progress })
    return ''
  }
  const ms = timeLeftMs(first, { atMs: nowMs, progress })
  return ms === undefined ? '' : timeLeftText(ms)
}

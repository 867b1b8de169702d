import { z } from 'zod'
import type { DoctorEvent, RepairEvent } from '../model/doctor.ts'
import { branchName, location, version } from './common.ts'
import { stream } from './define.ts'

const index = z.string().min(1).max(255)
const repair = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('set-aside-newest'), branch: branchName.optional() }),
  z.strictObject({ kind: z.literal('copy-readable'), to: location, version: version.optional() }),
  z.strictObject({
    kind: z.literal('remove-files'),
    paths: z.array(z.string().min(1).max(4096)).min(1).max(100_000),
  }),
  z.strictObject({ kind: z.literal('rebuild-index'), index }),
  z.strictObject({ kind: z.literal('drop-index'), index }),
  z.strictObject({ kind: z.literal('restore-version'), version }),
])

/** By location and not by handle: what is broken may not open. */
export const doctor = {
  'doctor.check': stream<DoctorEvent>()(
    'Checks a dataset: files, manifests, deletions, indices, refs; deep also reads every page in a process of its own.',
    z.strictObject({ location, deep: z.boolean().optional() }),
  ),
  'doctor.repair': stream<RepairEvent>()(
    'Does one repair the check offered; what it touches of the metadata is copied first.',
    z.strictObject({ location, repair }),
  ),
} as const

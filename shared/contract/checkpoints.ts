import { z } from 'zod'
import type { Checkpoint, CheckpointOutcome } from '../model/checkpoint.ts'
import { location } from './common.ts'
import { call } from './define.ts'

const name = z.string().min(1).max(100)

export const checkpoints = {
  'checkpoints.list': call<readonly Checkpoint[]>()(
    'Restore points of a folder, newest first, with what is still kept of each.',
    z.strictObject({ folder: location }),
  ),
  'checkpoints.create': call<{ readonly checkpoint: Checkpoint; readonly outcomes: readonly CheckpointOutcome[] }>()(
    'Tags the newest version of every dataset of a folder under one name.',
    z.strictObject({ folder: location, name, note: z.string().max(2000).optional() }),
  ),
  'checkpoints.restore': call<{ readonly outcomes: readonly CheckpointOutcome[] }>()(
    'Commits the versions of a restore point as the newest of their datasets; everything in between stays.',
    z.strictObject({
      folder: location,
      name,
      /** Paths of the datasets to restore; absent = all. */
      paths: z.array(z.string().min(1).max(4096)).min(1).max(10_000).optional(),
    }),
  ),
  'checkpoints.delete': call<{ readonly outcomes: readonly CheckpointOutcome[] }>()(
    'Removes a restore point with its tags; a cleanup may then take its versions.',
    z.strictObject({ folder: location, name }),
  ),
} as const

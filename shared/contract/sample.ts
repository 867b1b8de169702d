import { z } from 'zod'
import { call } from './define.ts'

export const sample = {
  'sample.ensure': call<{ readonly location: string; readonly built: boolean }>()(
    'Location of the bundled sample dataset, building it on first use.',
    z.strictObject({}),
  ),
  'sample.rebuild': call<{ readonly location: string }>()(
    'Builds the sample dataset anew, replacing it.',
    z.strictObject({}),
  ),
  'sample.remove': call<{ readonly removed: boolean }>()('Deletes the sample dataset.', z.strictObject({})),
} as const

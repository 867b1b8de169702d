import { z } from 'zod'
import type { FragmentEntry } from '../model/fragment.ts'
import { reading } from './common.ts'
import { call } from './define.ts'

export const fragments = {
  'fragments.list': call<readonly FragmentEntry[]>()(
    'Every fragment of a version with rows, deletions, files, bytes and index coverage.',
    z.strictObject(reading),
  ),
} as const

import { z } from 'zod'
import type { IndexEntry } from '../model/index-entry.ts'
import { reading } from './common.ts'
import { call } from './define.ts'

export const indices = {
  'indices.list': call<readonly IndexEntry[]>()(
    'Every index of a version with its coverage, segments, size and settings.',
    z.strictObject(reading),
  ),
} as const

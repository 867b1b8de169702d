import { z } from 'zod'
import type { ColumnStorage, FragmentDetails } from '../model/fragment-details.ts'
import type { FragmentEntry } from '../model/fragment.ts'
import { reading } from './common.ts'
import { call } from './define.ts'

export const fragments = {
  'fragments.list': call<readonly FragmentEntry[]>()(
    'Every fragment of a version with rows, deletions, files, bytes and index coverage.',
    z.strictObject(reading),
  ),
  'fragments.get': call<FragmentDetails>()(
    'One fragment in full: columns, pages and encodings of its files, deleted rows, row ids, versions that use it.',
    z.strictObject({ ...reading, id: z.int().min(0).max(0xffff_ffff) }),
  ),
  'fragments.columns': call<readonly ColumnStorage[]>()(
    'Bytes, pages, encodings and compression of every column over all fragments of a version.',
    z.strictObject(reading),
  ),
} as const

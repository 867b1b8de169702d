import { z } from 'zod'
import type { TrashedDataset } from '../model/maintenance.ts'
import { location } from './common.ts'
import { call } from './define.ts'

const id = z.string().min(1).max(64)
const name = z.string().min(1).max(255)

export const trash = {
  'trash.drop': call<TrashedDataset>()(
    'Moves a dataset into the trash of its folder, from where it can be restored.',
    z.strictObject({ location }),
  ),
  'trash.list': call<readonly TrashedDataset[]>()(
    'Datasets in the trash of a folder, newest first.',
    z.strictObject({ folder: location }),
  ),
  'trash.restore': call<{ readonly location: string }>()(
    'Moves a dataset from the trash back to where it was, or beside it under another name.',
    z.strictObject({ folder: location, id, name: name.optional() }),
  ),
  'trash.delete': call<{ readonly bytes: number }>()(
    'Deletes a dataset in the trash for good. Cannot be undone.',
    z.strictObject({ folder: location, id }),
  ),
  'datasets.rename': call<{ readonly location: string }>()(
    'Renames the folder of a dataset; refused where branches or clones refer to it by its path.',
    z.strictObject({ location, name }),
  ),
} as const

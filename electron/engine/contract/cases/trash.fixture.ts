import fs from 'node:fs'
import path from 'node:path'
import { expectEqual, expectThat, type Cases } from '../case.fixture.ts'
import type { World } from '../world.fixture.ts'

type Names = 'trash.drop' | 'trash.list' | 'trash.restore' | 'trash.delete' | 'datasets.rename'

/** A copy of the dataset in a folder of its own. */
function copyDataset(world: World): { readonly folder: string; readonly location: string } {
  const folder = path.join(world.folder, world.freshName())
  const location = path.join(folder, 'copy.lance')
  fs.cpSync(world.location, location, { recursive: true })
  return { folder, location }
}

async function dropCopy(world: World): Promise<{ readonly folder: string; readonly id: string }> {
  const { folder, location } = copyDataset(world)
  const { id } = await world.client().call('trash.drop', { location })
  return { folder, id }
}

export const trashCases: Pick<Cases, Names> = {
  'trash.drop': {
    input: (world) => ({ location: copyDataset(world).location }),
    check: ([trashed]) => {
      expectEqual(trashed?.name, 'copy', 'name')
      expectEqual(fs.existsSync(trashed?.location ?? ''), false, 'the dataset is gone from its place')
    },
  },
  'trash.list': {
    input: async (world) => ({ folder: (await dropCopy(world)).folder }),
    check: ([list]) =>
      expectEqual(
        list?.map(({ name }) => name),
        ['copy'],
        'names',
      ),
  },
  'trash.restore': {
    input: dropCopy,
    check: ([restored]) =>
      expectThat(fs.existsSync(path.join(restored?.location ?? '', '_versions')), 'the dataset is back'),
  },
  'trash.delete': {
    input: dropCopy,
    check: ([deleted]) => expectThat((deleted?.bytes ?? 0) > 1000, 'bytes are counted'),
  },
  'datasets.rename': {
    input: (world) => ({ location: copyDataset(world).location, name: 'renamed' }),
    check: ([renamed]) => {
      expectEqual(path.basename(renamed?.location ?? ''), 'renamed.lance', 'name')
      expectThat(fs.existsSync(renamed?.location ?? ''), 'the dataset is at its new place')
    },
  },
}

import fs from 'node:fs'
import path from 'node:path'
import { expectEqual, type Cases } from '../case.fixture.ts'
import type { World } from '../world.fixture.ts'

type Names = 'checkpoints.list' | 'checkpoints.create' | 'checkpoints.restore' | 'checkpoints.delete'

/** A folder with one dataset of three versions. */
function makeFolder(world: World): string {
  const folder = path.join(world.folder, world.freshName())
  fs.cpSync(world.location, path.join(folder, 'copy.lance'), { recursive: true })
  return folder
}

async function makeCheckpoint(world: World): Promise<{ readonly folder: string; readonly name: string }> {
  const checkpoint = { folder: makeFolder(world), name: world.freshName() }
  await world.client().call('checkpoints.create', checkpoint)
  return checkpoint
}

const WHOLE = [{ path: 'copy.lance', version: 3 }]

export const checkpointsCases: Pick<Cases, Names> = {
  'checkpoints.list': {
    input: async (world) => ({ folder: (await makeCheckpoint(world)).folder }),
    check: ([list]) => expectEqual([list?.length, list?.[0]?.members[0]?.state.kind], [1, 'kept'], 'restore points'),
  },
  'checkpoints.create': {
    input: (world) => ({ folder: makeFolder(world), name: 'made', note: 'why' }),
    check: ([made]) => expectEqual([made?.outcomes, made?.checkpoint.isPartial], [WHOLE, false], 'restore point'),
  },
  'checkpoints.restore': {
    input: makeCheckpoint,
    check: ([restored]) => expectEqual(restored?.outcomes, WHOLE, 'outcomes'),
  },
  'checkpoints.delete': {
    input: makeCheckpoint,
    check: ([deleted]) => expectEqual(deleted?.outcomes, WHOLE, 'outcomes'),
  },
}

import { expectEqual, expectThat, type Cases } from '../case.fixture.ts'
import type { World } from '../world.fixture.ts'

type Names = 'uploads.begin' | 'uploads.write' | 'uploads.finish' | 'uploads.discard'

const begin = async (world: World): Promise<string> => {
  const { upload } = await world.client().call('uploads.begin', { files: [{ path: 'notes/a.txt', bytes: 3 }] })
  return upload
}
const part = { file: 0, offset: 0, bytes: new TextEncoder().encode('abc') }

export const uploadsCases: Pick<Cases, Names> = {
  'uploads.begin': {
    input: () => ({ files: [{ path: 'notes/a.txt', bytes: 3 }] }),
    check: ([begun]) => expectThat((begun?.upload.length ?? 0) > 0, 'it has an id'),
  },
  'uploads.write': {
    input: async (world) => ({ upload: await begin(world), ...part }),
    check: (results) => expectEqual(results, [{ received: 3 }], 'received'),
  },
  'uploads.finish': {
    input: async (world) => {
      const upload = await begin(world)
      await world.client().call('uploads.write', { upload, ...part })
      return { upload }
    },
    check: (results) => expectEqual(results, [{ files: 1, bytes: 3 }], 'what came'),
  },
  'uploads.discard': {
    input: async (world) => ({ upload: await begin(world) }),
    check: (results) => expectEqual(results, [null], 'result'),
  },
}

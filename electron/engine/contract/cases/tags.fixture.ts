import { expectEqual, expectThat, type Cases } from '../case.fixture.ts'
import type { World } from '../world.fixture.ts'

async function makeTag(world: World): Promise<{ readonly dataset: string; readonly name: string }> {
  const tag = { dataset: await world.openScratch(), name: world.freshName() }
  await world.client().call('tags.create', { ...tag, ref: { version: 1 } })
  return tag
}

export const tagsCases: Pick<Cases, 'tags.list' | 'tags.create' | 'tags.move' | 'tags.delete'> = {
  'tags.list': {
    input: (_world, dataset) => ({ dataset }),
    check: ([tags]) => {
      expectEqual(
        tags?.map(({ name, version }) => [name, version]),
        [['first', 1]],
        'tags',
      )
      expectThat(tags?.[0]?.createdAt?.endsWith('Z') === true, 'a tag has a date')
    },
  },
  'tags.create': {
    input: async (world) => ({ dataset: await world.openScratch(), name: world.freshName(), ref: { version: 2 } }),
    check: ([tag]) => expectEqual([tag?.version, tag?.branch], [2, undefined], 'tag'),
  },
  'tags.move': {
    input: async (world) => ({ ...(await makeTag(world)), ref: { version: 2 } }),
    check: ([moved]) => expectEqual([moved?.before.version, moved?.after.version], [1, 2], 'versions'),
  },
  'tags.delete': {
    input: makeTag,
    check: ([result]) => expectEqual(result?.deleted.version, 1, 'version'),
  },
}

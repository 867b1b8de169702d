import { expectEqual, expectThat, type Cases } from '../case.fixture.ts'

export const branchesCases: Pick<Cases, 'branches.list' | 'branches.create' | 'branches.delete'> = {
  'branches.list': {
    input: async (world) => {
      const dataset = await world.openScratch()
      await world.client().call('branches.create', { dataset, name: world.freshName(), from: { version: 1 } })
      return { dataset }
    },
    check: ([branches]) =>
      expectThat(
        branches?.some((branch) => branch.parentVersion === 1 && branch.latestVersion === 1) === true,
        'the branch is listed',
      ),
  },
  'branches.create': {
    input: async (world) => ({ dataset: await world.openScratch(), name: world.freshName(), from: { version: 2 } }),
    check: ([branch]) => expectEqual([branch?.parentVersion, branch?.latestVersion], [2, 2], 'branch'),
  },
  'branches.delete': {
    input: async (world) => {
      const branch = { dataset: await world.openScratch(), name: world.freshName() }
      await world.client().call('branches.create', branch)
      return branch
    },
    check: ([result]) => expectThat(result?.deleted.name.startsWith('name-') === true, 'the branch is named'),
  },
}

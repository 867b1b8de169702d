import { expectEqual, expectThat, type Cases } from '../case.fixture.ts'

type Names =
  | 'storage.files'
  | 'storage.usage'
  | 'storage.versions'
  | 'storage.file'
  | 'storage.read'
  | 'storage.cleanupPreview'
  | 'storage.compactionPreview'
  | 'storage.findings'

/** Manifest of version 1, which the world's tag keeps. */
const FIRST_MANIFEST = '_versions/18446744073709551614.manifest'

export const storageCases: Pick<Cases, Names> = {
  'storage.files': {
    input: (_world, dataset) => ({ dataset }),
    check: (files) => {
      const paths = files.map(({ path }) => path)
      expectThat(paths.includes('_refs/tags/first.json'), 'the tag file is listed')
      const first = files.find(({ path }) => path === FIRST_MANIFEST)
      expectEqual([first?.class, first?.keeper, first?.usedBy.tags], ['tag', 'first', ['first']], 'first manifest')
      expectEqual(files.filter((file) => file.class === 'live-data').length, 2, 'live data files')
      expectEqual(files.filter((file) => file.class === 'live-deletions').length, 1, 'live deletion files')
    },
  },
  'storage.usage': {
    input: (_world, dataset) => ({ dataset }),
    check: ([usage]) => {
      const sum = usage?.classes.reduce((bytes, it) => bytes + it.bytes, 0)
      expectEqual(sum, usage?.totalBytes, 'bytes of the classes')
      expectEqual([usage?.version, usage?.elsewhereBytes, usage?.unreadable], [3, 0, []], 'usage')
    },
  },
  'storage.versions': {
    input: (_world, dataset) => ({ dataset }),
    check: ([versions]) => {
      expectEqual(
        versions?.map(({ version, tags }) => [version, tags]),
        [
          [3, []],
          [2, []],
          [1, ['first']],
        ],
        'versions',
      )
      const isOwn = versions?.every((it) => it.exclusiveBytes >= it.manifestBytes && it.exclusiveFiles >= 2)
      expectThat(isOwn === true, 'every version keeps its manifest and transaction')
    },
  },
  'storage.file': {
    input: (_world, dataset) => ({ dataset, path: FIRST_MANIFEST }),
    check: ([file]) => {
      expectEqual([file?.path, file?.kind], [FIRST_MANIFEST, 'manifest'], 'file')
      expectThat(file?.decoded !== undefined && file.problem === undefined, 'the manifest is decoded')
    },
  },
  'storage.read': {
    input: (_world, dataset) => ({ dataset, path: FIRST_MANIFEST, start: 0, length: 16 }),
    check: ([range]) => {
      expectEqual(range?.bytes.length, 16, 'bytes read')
      expectThat((range?.size ?? 0) > 100, 'the whole size is told')
    },
  },
  'storage.cleanupPreview': {
    input: (_world, dataset) => ({ dataset, olderThan: '2100-01-01T00:00:00Z' }),
    check: ([preview]) => {
      expectEqual(preview?.blockedBy, [{ kind: 'tag', name: 'first', version: 1 }], 'the tag blocks')
      expectEqual(preview?.versionsRemoved, [2], 'versions removed')
      expectThat((preview?.bytesFreed ?? 0) > 0, 'bytes are freed')
    },
  },
  'storage.compactionPreview': {
    input: (_world, dataset) => ({ dataset }),
    check: ([preview]) => {
      expectEqual(
        preview?.tasks.map(({ fragments, rows, fragmentsAdded }) => [fragments, rows, fragmentsAdded]),
        [[[0, 1], 999, 1]],
        'tasks',
      )
      expectEqual([preview?.filesReplaced, preview?.blocked], [3, []], 'files replaced')
    },
  },
  'storage.findings': {
    input: (_world, dataset) => ({ dataset }),
    check: ([findings]) => {
      expectThat(findings !== undefined && findings.every(({ evidence }) => evidence.length > 0), 'evidence')
    },
  },
}

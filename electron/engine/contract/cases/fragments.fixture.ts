import { expectEqual, expectThat, type Cases } from '../case.fixture.ts'

export const fragmentsCases: Pick<Cases, 'fragments.get' | 'fragments.columns'> = {
  'fragments.get': {
    input: (_world, dataset) => ({ dataset, ref: { version: 3 }, id: 0 }),
    check: ([details]) => {
      expectEqual(
        [details?.fragment.physicalRows, details?.fragment.liveRows, details?.deletions?.deletedRows],
        [500, 499, 1],
        'rows',
      )
      expectEqual(details?.deletions?.bitmap?.[0], 1 << 3, 'the fourth row is deleted')
      expectEqual(details?.versions, [{ from: 1, to: 3 }], 'versions')
      const [file] = details?.files ?? []
      const bytes = file?.columns.reduce((sum, column) => sum + column.bytes, file.overheadBytes)
      expectEqual(bytes, file?.bytes, 'bytes of the columns and the rest')
    },
  },
  'fragments.columns': {
    input: (_world, dataset) => ({ dataset, ref: { version: 3 } }),
    check: ([columns]) => {
      expectEqual(
        columns?.map((column) => column.column).toSorted((a, b) => a.localeCompare(b)),
        ['id', 'name', 'picture', 'vector'],
        'columns',
      )
      expectThat(columns?.every((column) => column.files === 2 && column.bytes > 0) === true, 'each lies in two files')
      expectEqual(columns?.find((column) => column.column === 'id')?.arrowBytes, 999 * 8 + 125, 'bytes of the ids')
    },
  },
}

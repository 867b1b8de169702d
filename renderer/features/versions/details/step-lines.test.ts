import { expect, it } from 'vitest'
import { entry } from '#renderer/features/history/entry.fixture.ts'
import type { VersionDetails } from '#shared/model/version-details.ts'
import { stepLines } from './step-lines.ts'

const NONE = { added: 0, removed: 0, addedBytes: 0, removedBytes: 0 }
const DETAILS: VersionDetails = {
  entry: entry(4, { rows: 900, rowsDelta: -40, fragments: 2, dataBytes: 88_000 }),
  comparedTo: 3,
  schemaChanges: [],
  configChanges: [],
  tableMetadataChanges: [],
  schemaMetadataChanges: [],
  files: { data: NONE, deletions: { ...NONE, added: 1, addedBytes: 762 }, indexSegments: NONE },
  fragments: { added: [], removed: [1], changed: [0] },
  writer: 'lance 12.0.0',
  formatVersion: '2.2',
  featureFlags: { reader: 1, writer: 1, names: ['deletion-files'], unknownReaderBits: [] },
  config: {},
  tableMetadata: {},
  schemaMetadata: {},
  manifest: { path: '_versions/4.manifest', bytes: 662 },
  transaction: null,
}

it('says what came and went, and leaves out files that did neither', () => {
  expect(stepLines(DETAILS)).toEqual([
    { name: 'Rows', now: '900', added: null, removed: { count: '\u221240' } },
    { name: 'Fragments', now: '2', added: null, removed: { count: '\u22121' } },
    { name: 'Data files', now: '88 kB', added: null, removed: null },
    { name: 'Deletion files', now: '', added: { count: '+1', size: '762 B' }, removed: null },
  ])
})

it('says what is not known, and shows totals alone where there is nothing to compare with', () => {
  const first = stepLines({
    ...DETAILS,
    entry: entry(1, { rowsDelta: null, rowsPartial: true, dataBytesPartial: true }),
    comparedTo: null,
    files: null,
    fragments: null,
  })
  expect(first.map((line) => [line.name, line.now])).toEqual([
    ['Rows', 'unknown'],
    ['Fragments', '1'],
    ['Data files', 'unknown'],
  ])
  const unsized = stepLines({
    ...DETAILS,
    files: { ...DETAILS.files!, data: { ...NONE, removed: 2, removedBytes: null } },
  })
  expect(unsized.find((line) => line.name === 'Data files')?.removed).toEqual({ count: '\u22122' })
})

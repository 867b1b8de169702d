import { expect, it } from 'vitest'
import type { Forecast, MaintenanceResult, StateFigures } from '#shared/model/maintenance.ts'
import { forecastLine, proofRows, resultLine } from './words.ts'

const forecast: Forecast = {
  kind: 'compact',
  version: 3,
  nothingToDo: false,
  freeDiskBytes: null,
  memoryLimitBytes: 4e9,
  notes: [],
}
const state: StateFigures = {
  version: 3,
  versions: 3,
  rows: 100,
  deletedRows: 4,
  fragments: 9,
  liveBytes: 1000,
  totalBytes: 5000,
  totalFiles: 20,
}
const result: MaintenanceResult = {
  kind: 'compact',
  versionBefore: 3,
  versionAfter: 4,
  before: state,
  after: { ...state, version: 4, fragments: 1, totalBytes: 6000 },
  elapsedMs: 5,
  tries: 1,
  notes: [],
}

it('says what would be done in one line, and never a zero for what is unknown', () => {
  expect(forecastLine({ ...forecast, nothingToDo: true })).toBe('Nothing to do')
  expect(forecastLine(forecast)).toBe('There is something to do')
  const compaction = {
    tasks: [],
    fragmentsRemoved: 63,
    fragmentsAddedAtLeast: 1,
    filesReplaced: 63,
    bytesReadAtMost: 9,
    blocked: [],
  }
  expect(forecastLine({ ...forecast, rows: 500, compaction, bytesReadAtMost: 120_000_000 })).toBe(
    '63 fragments → at least 1 · reads at most 120 MB',
  )
})

it('sets before beside after', () => {
  const rows = proofRows(result)
  expect(rows.find(({ name }) => name === 'Fragments')).toMatchObject({ before: '9', after: '1', change: '−8' })
  expect(rows.find(({ name }) => name === 'Bytes in the directory')?.change).toBe('+1 kB')
})

it('says what was done in one line', () => {
  expect(resultLine(result)).toBe('9 fragments → 1')
  expect(resultLine({ ...result, bytesFreed: 2000, filesRemoved: 2 })).toBe('2 kB freed in 2 files')
  expect(resultLine({ ...result, rowsDeleted: 1 })).toBe('1 row deleted')
  expect(resultLine({ ...result, after: state })).toBe('No new version was needed')
})

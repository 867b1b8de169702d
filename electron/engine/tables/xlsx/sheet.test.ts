import { utils, write } from '@e965/xlsx'
import { expect, it } from 'vitest'
import { sourceOf } from '../tables.fixture.ts'
import { openSheet } from './sheet.ts'

const MOMENTS = [
  '2024-02-03',
  '1999-12-31T23:59:59',
  '2024-02-29T12:00:00.123',
  '1931-05-06T07:08:09.999',
  '2030-01-01T00:00:00.001',
]

it.each(['xlsx', 'xlsb', 'biff8'] as const)(
  'dates come to the millisecond, whatever they are counted from: %s',
  async (bookType) => {
    for (const date1904 of [false, true]) {
      const dates = MOMENTS.map((text) => [new Date(text.includes('T') ? `${text}Z` : text)])
      const sheet = utils.aoa_to_sheet(dates, { UTC: true, cellDates: true })
      const book = { SheetNames: ['a'], Sheets: { a: sheet }, Workbook: { WBProps: { date1904 } } }
      const { path, name } = sourceOf('xlsx', write(book, { type: 'buffer', bookType, cellDates: false }) as Uint8Array)
      const read = await openSheet(path, name, undefined)
      expect(Array.from({ length: read.rows }, (_, row) => read.row(row)[0])).toEqual(MOMENTS)
    }
  },
)

it('numbers stay numbers, times without a day are told on the first one, and leading zeros are kept', async () => {
  const sheet = utils.aoa_to_sheet([[45325.5, 0.25, 7, 45325.5, 60]])
  sheet['B1'].z = 'h:mm'
  sheet['C1'].z = '000'
  sheet['D1'].z = '0.00 "days"'
  sheet['E1'].z = 'yyyy-mm-dd'
  const book = { SheetNames: ['a'], Sheets: { a: sheet } }
  const { path, name } = sourceOf('xlsx', write(book, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array)
  const read = await openSheet(path, name, 'a')
  expect(read.row(0)).toEqual(['45325.5', '1899-12-31T06:00:00', '007', '45325.5', '60'])
})

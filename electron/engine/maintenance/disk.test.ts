import { expect, it } from 'vitest'
import type { Forecast } from '#shared/model/maintenance.ts'
import { freeDiskBytes } from '../store/free-disk.ts'
import { checkRoom, withRoomWatched } from './disk.ts'

const GB = 1_000_000_000
const forecast = (freeBytes: number | null, extraDiskAtMost?: number): Forecast => ({
  kind: 'compact',
  version: 1,
  nothingToDo: false,
  freeDiskBytes: freeBytes,
  memoryLimitBytes: 4e9,
  ...(extraDiskAtMost === undefined ? {} : { extraDiskAtMost }),
  notes: [],
})

it('knows the free space of a folder, also of one that is not there yet', async () => {
  const free = await freeDiskBytes(import.meta.dirname)
  expect(free).toBeGreaterThan(0)
  expect(await freeDiskBytes(`${import.meta.dirname}/not/there`)).toBeGreaterThan(0)
})

it('refuses what needs more room than there is, with the figures', () => {
  expect(() => checkRoom(forecast(GB, 2 * GB))).toThrow(/2 GB more disk, and 1 GB are free/)
  expect(() => checkRoom(forecast(3 * GB, 2 * GB))).not.toThrow()
  expect(() => checkRoom(forecast(null, 2 * GB))).not.toThrow()
  expect(() => checkRoom(forecast(GB))).not.toThrow()
})

it('gives up work while the volume runs low, and lets other work end', async () => {
  let free = GB
  const never = new Promise<string>(() => undefined)
  setTimeout(() => (free = 1000), 30)
  const freeBytes = () => Promise.resolve(free)
  await expect(withRoomWatched('/', () => never, { freeBytes, everyMs: 5 })).rejects.toMatchObject({
    code: 'disk-full',
  })
  free = GB
  await expect(withRoomWatched('/', () => Promise.resolve('done'), { freeBytes, everyMs: 5 })).resolves.toBe('done')
})

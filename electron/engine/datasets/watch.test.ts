import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenDataset } from '../context.ts'
import { createDatasetFolder, makeRows, type DatasetFolder } from './datasets.fixture.ts'
import { createDatasetRegistry } from './registry.ts'
import { watchDataset } from './watch.ts'

/** What a person is promised: commits of others show within this time. */
const PROMISED_MS = 2000

let folder: DatasetFolder
beforeAll(async () => {
  folder = await createDatasetFolder()
})
afterAll(() => folder.dispose())

const open = (name: string): Promise<OpenDataset> =>
  createDatasetRegistry({ paths: { root: undefined } }).open(folder.location(name))

describe('datasets.watch', () => {
  it('tells the newest version now and after each commit', async () => {
    const table = await folder.create('watched', makeRows(0, 3))
    const controller = new AbortController()
    const events = watchDataset(await open('watched'), undefined, controller.signal)
    expect((await events.next()).value).toMatchObject({ latestVersion: 1 })
    const next = events.next()
    const startedMs = performance.now()
    await table.add(makeRows(3, 4))
    expect((await next).value).toMatchObject({ latestVersion: 2, noticedAt: expect.stringMatching(/Z$/) })
    expect(performance.now() - startedMs).toBeLessThan(PROMISED_MS)
    controller.abort()
    expect(await events.next()).toEqual({ value: undefined, done: true })
  })

  it('notices what no event tells, by looking', async () => {
    const table = await folder.create('polled', makeRows(0, 3))
    const location = folder.location('polled')
    const controller = new AbortController()
    const events = watchDataset(await open('polled'), undefined, controller.signal, 50)
    await events.next()
    // Another folder takes the place of the watched one, so the system's events stay with the old.
    await rename(join(location, '_versions'), join(location, 'aside'))
    await mkdir(join(location, '_versions'))
    await rm(join(location, '_versions'), { recursive: true })
    await rename(join(location, 'aside'), join(location, '_versions'))
    const next = events.next()
    await table.add(makeRows(3, 4))
    expect((await next).value).toMatchObject({ latestVersion: 2 })
    controller.abort()
    await events.return(undefined)
  })

  it('waits in silence and ends at once when aborted', async () => {
    await folder.create('silent', makeRows(0, 3))
    const controller = new AbortController()
    const events = watchDataset(await open('silent'), undefined, controller.signal, 20)
    await events.next()
    const next = events.next()
    setTimeout(() => controller.abort(), 120)
    expect(await next).toEqual({ value: undefined, done: true })
  })

  it('watches a branch', async () => {
    const table = await folder.create('branched', makeRows(0, 3))
    const branch = await (await table.branches()).create('dev')
    const controller = new AbortController()
    const events = watchDataset(await open('branched'), 'dev', controller.signal, 50)
    expect((await events.next()).value).toMatchObject({ latestVersion: 1 })
    const next = events.next()
    await table.add(makeRows(3, 4))
    await branch.add(makeRows(4, 5))
    await branch.add(makeRows(5, 6))
    expect((await next).value?.latestVersion).toBeGreaterThan(1)
    controller.abort()
    await events.return(undefined)
  })

  it('says when the dataset vanishes', async () => {
    await folder.create('vanishing', makeRows(0, 3))
    const events = watchDataset(await open('vanishing'), undefined, new AbortController().signal, 50)
    await events.next()
    // The expectation waits from the start: the failure may come before the removal has ended.
    const isTold = expect(events.next()).rejects.toMatchObject({ code: 'not-found' })
    await rm(folder.location('vanishing'), { recursive: true })
    await isTold
  })
})

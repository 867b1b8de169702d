import { mkdtempSync, readdirSync, realpathSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fragment } from '../../format/encode.fixture.ts'
import { writeFileIn, writeManifest } from '../hand-made.fixture.ts'
import { openStorage } from '../storage.fixture.ts'
import { startShared } from './shared-task.ts'
import { createSnapshots } from './snapshots.ts'

let scratch: string
beforeAll(() => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'tiltyard-snapshots-')))
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** Time stamps that are old enough to be believed. */
function settle(location: string): void {
  for (const entry of readdirSync(location, { recursive: true, withFileTypes: true })) {
    utimesSync(join(entry.parentPath, entry.name), new Date(0), new Date(Date.now() - 10_000))
  }
}

async function open(name: string) {
  const location = join(scratch, name)
  for (const version of [1, 2]) writeManifest(location, { version, fragments: [fragment(version, 5)] })
  writeFileIn(location, '_refs/tags/t.json', JSON.stringify({ branch: null, version: 1 }))
  settle(location)
  const { dataset } = await openStorage(location)
  const snapshots = createSnapshots()
  return {
    location,
    dataset,
    take: (signal = new AbortController().signal) => snapshots(dataset, signal),
    takeFresh: () => snapshots(dataset, new AbortController().signal, { fresh: true }),
  }
}

describe('snapshots', () => {
  it('are used again while no version or ref is new', async () => {
    const { take, dataset } = await open('again')
    const first = await take()
    const { requests } = dataset.store.usage()
    expect(await take()).toBe(first)
    expect(dataset.store.usage().requests - requests).toBeLessThan(5)
  })

  it('are taken anew for a new version, a moved tag, and a new branch', async () => {
    const { take, location } = await open('anew')
    const first = await take()
    writeManifest(location, { version: 3 })
    const second = await take()
    expect(second.references.lines[0]?.versions.length).toBe(3)
    settle(location)
    writeFileIn(location, '_refs/tags/t.json', JSON.stringify({ branch: null, version: 22 }))
    const third = await take()
    expect(third.references.tags).toMatchObject([{ version: 22 }])
    settle(location)
    writeManifest(join(location, 'tree/b'), { version: 1 })
    writeFileIn(location, '_refs/branches/b.json', JSON.stringify({ parentVersion: 1 }))
    const fourth = await take()
    expect(fourth.references.lines.map(({ branch }) => branch)).toEqual([undefined, 'b'])
    settle(location)
    await take()
    writeManifest(join(location, 'tree/b'), { version: 2 })
    expect((await take()).references.lines[1]?.versions.length).toBe(2)
    expect(new Set([first, second, third, fourth]).size).toBe(4)
  })

  it('read no manifest again when only other files are new', async () => {
    const { take, location, dataset } = await open('files')
    const first = await take()
    // Too young a time stamp proves nothing, so the directory is walked again.
    utimesSync(join(location, '_versions'), new Date(), new Date())
    writeFileIn(location, 'data/new.lance', 'x')
    const before = dataset.store.usage().bytes
    const second = await take()
    expect(second.references).toBe(first.references)
    expect(second.files.length).toBe(first.files.length + 1)
    expect(dataset.store.usage().bytes).toBe(before)
  })

  it('are shared by questions asked at once, and outlive the one who gave up', async () => {
    const { take } = await open('shared')
    const giveUp = new AbortController()
    const [left, stayed, other] = [take(giveUp.signal), take(), take()]
    giveUp.abort(new Error('gave up'))
    await expect(left).rejects.toThrow('gave up')
    expect(await stayed).toBe(await other)
  })

  it('are not older than the question, even when a walk was under way', async () => {
    const { take, location } = await open('late')
    const early = take()
    // The walk under way may or may not have passed the folder already.
    await new Promise((resolve) => setTimeout(resolve, 1))
    writeManifest(location, { version: 3 })
    const late = take()
    expect((await late).references.lines[0]?.versions.length).toBe(3)
    await early
  })

  it('are taken anew when asked for, also while another is under way, and replace that', async () => {
    const { take, takeFresh, location } = await open('fresh')
    const first = await take()
    // Nothing but a walk tells that this is new.
    writeFileIn(location, 'data/abandoned.lance', 'x')
    expect(await take()).toBe(first)
    const [late, fresh] = [takeFresh(), takeFresh()]
    // Which of the two ends first is not ours to say; what is kept must be the one begun last.
    expect((await fresh).files.length).toBe(first.files.length + 1)
    await late
    expect(await take()).toBe(await fresh)
  })

  it('stop when nobody waits for them, and start again for the next', async () => {
    const { take } = await open('stopped')
    const giveUp = new AbortController()
    const left = take(giveUp.signal)
    giveUp.abort(new Error('gave up'))
    await expect(left).rejects.toThrow('gave up')
    expect((await take()).files.length).toBe(3)
  })
})

describe('a shared task', () => {
  it('is stopped by the last to leave and by no one before', async () => {
    let stopped = false
    const task = startShared(async (signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      stopped = true
    })
    const [a, b] = [new AbortController(), new AbortController()]
    const [first, second] = [task.join(a.signal), task.join(b.signal)]
    a.abort(new Error('a'))
    await expect(first).rejects.toThrow('a')
    expect([task.isAbandoned, stopped]).toEqual([false, false])
    b.abort(new Error('b'))
    await expect(second).rejects.toThrow('b')
    expect(task.isAbandoned).toBe(true)
  })

  it('tells everybody of its failure', async () => {
    const task = startShared(() => Promise.reject(new Error('failed')))
    const { signal } = new AbortController()
    await expect(Promise.allSettled([task.join(signal), task.join(signal)])).resolves.toMatchObject([
      { status: 'rejected' },
      { status: 'rejected' },
    ])
  })
})

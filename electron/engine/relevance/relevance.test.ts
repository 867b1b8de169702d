import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSets, RUNS_MAX } from './sets.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tiltyard-relevance-'))
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

const open = (location = '/data/a.lance') => openSets(dataDir, location)
const set = (name: string) => ({
  name,
  k: 10,
  queries: [{ label: 'fox', text: 'fox', judgments: [{ rowId: '18446744073709551615', grade: 1 as const }] }],
  configurations: [{ name: 'Words', use: 'text' as const }],
})
const run = (version: number) => ({ at: '2026-11-26T00:00:00Z', version, k: 10, figures: [] })

/** The folder of the one dataset there is. */
async function folder(): Promise<string> {
  const [only] = await readdir(join(dataDir, 'relevance'))
  return join(dataDir, 'relevance', only ?? '')
}

describe('relevance sets', () => {
  it('are files of their own, by dataset, and survive a restart', async () => {
    await open().save(set('b'))
    await open().save(set('a / “b” ../../c'))
    expect(await open().get('a / “b” ../../c')).toEqual({ ...set('a / “b” ../../c'), runs: [] })
    expect(await open().list()).toEqual([
      { kind: 'set', name: 'a / “b” ../../c', queries: 1, judgments: 1, runs: 0 },
      { kind: 'set', name: 'b', queries: 1, judgments: 1, runs: 0 },
    ])
    expect(await open('/data/other.lance').list()).toEqual([])
    const files = await readdir(await folder())
    expect(files).toEqual([expect.stringMatching(/^[0-9a-f]{32}\.json$/), expect.stringMatching(/\.json$/)])
    const saved = JSON.parse(await readFile(join(await folder(), files[0] ?? ''), 'utf8')) as unknown
    expect(saved).toMatchObject({ format: 1, location: '/data/a.lance' })
  })

  it('keep their runs when they are saved again, the newest of many', async () => {
    await open().save(set('a'))
    for (let version = 1; version <= RUNS_MAX + 2; version++) await open().record('a', run(version))
    const kept = await open().save({ ...set('a'), k: 5 })
    expect(kept.k).toBe(5)
    expect(kept.runs.map(({ version }) => version)).toEqual(Array.from({ length: RUNS_MAX }, (_, index) => index + 3))
    expect((await open().save({ ...set('a'), runs: [run(9)] })).runs).toEqual([run(9)])
  })

  it('lose no run of two windows', async () => {
    await open().save(set('a'))
    await Promise.all(Array.from({ length: 20 }, (_, index) => open().record('a', run(index + 1))))
    expect((await open().get('a')).runs).toHaveLength(20)
    expect(await readdir(await folder())).toHaveLength(1)
  })

  it('are deleted, and missed with a sentence', async () => {
    await open().save(set('a'))
    await open().remove({ name: 'a' })
    await expect(open().get('a')).rejects.toMatchObject({ code: 'not-found' })
    await expect(open().remove({ name: 'a' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(open().record('a', run(1))).rejects.toMatchObject({ code: 'not-found' })
  })

  it.each([
    ['{', 'It is not JSON.'],
    ['[]', 'It is not a relevance set.'],
    ['{"format":2,"set":{}}', 'It was written by another version of Tiltyard.'],
    ['{"format":1,"set":{"name":"a"}}', 'It is not a relevance set: k'],
    [`"${'x'.repeat(9_000_000)}"`, 'more than a set may have'],
  ])('name a damaged file beside the others (%#)', async (text, problem) => {
    await open().save(set('a'))
    await open().save(set('z'))
    const [file = ''] = (await readdir(await folder())).filter((name) => name.endsWith('.json'))
    await writeFile(join(await folder(), file), text)
    const list = await open().list()
    expect(list.map(({ kind }) => kind)).toEqual(['set', 'damaged'])
    expect(list[1]).toMatchObject({ file, problem: expect.stringContaining(problem) as string })
    const whole = list[0]?.kind === 'set' ? list[0].name : ''
    const lost = whole === 'a' ? 'z' : 'a'
    await expect(open().get(lost)).rejects.toMatchObject({ code: 'corrupt-data' })
    await open().remove({ file })
    expect(await open().list()).toHaveLength(1)
  })

  it('are not found under a name they were copied to', async () => {
    await open().save(set('a'))
    const [file = ''] = await readdir(await folder())
    await writeFile(join(await folder(), `${'0'.repeat(32)}.json`), await readFile(join(await folder(), file)))
    expect(await open().list()).toMatchObject([
      { kind: 'set', name: 'a' },
      { kind: 'damaged', problem: 'It is a copy of the set “a”.' },
    ])
  })

  it('refuse what is too long, and keep what was there', async () => {
    await open().save(set('a'))
    const long = { ...set('a'), queries: [{ label: 'x'.repeat(9_000_000), text: 'a', judgments: [] }] }
    await expect(open().save(long)).rejects.toMatchObject({ code: 'too-large' })
    expect((await open().get('a')).queries).toHaveLength(1)
    expect(await readdir(await folder())).toHaveLength(1)
  })
})

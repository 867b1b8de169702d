import { createDice, makeRandomHistory } from '../random-history.fixture.ts'
import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatasetFolder, makeRows, type DatasetFolder } from '../../datasets/datasets.fixture.ts'
import { fragment, message } from '../../format/encode.fixture.ts'
import { decodeManifest } from '../../format/manifest.ts'
import { deletionFileName, joinPath } from '../../format/names.ts'
import { writeLongHistory } from '../../versions/history.fixture.ts'
import { eachRun } from '../classify/file-users.ts'
import { takeSnapshot } from '../gather/snapshot.ts'
import { indexSection, uuidOf, writeFileIn, writeManifest } from '../hand-made.fixture.ts'
import { openStorage } from '../storage.fixture.ts'
import type { References } from './model.ts'

let folder: DatasetFolder
let scratch: string
beforeAll(async () => {
  folder = await createDatasetFolder()
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'tiltyard-references-')))
})
afterAll(async () => {
  await folder.dispose()
  rmSync(scratch, { recursive: true, force: true })
})

async function read(location: string): Promise<References> {
  const { dataset } = await openStorage(location)
  return (await takeSnapshot(dataset, undefined, new AbortController().signal)).references
}

/** Keys each version uses, as `branch version key`, from the runs. */
function flatten({ lines, fileByKey, uses }: References): readonly string[] {
  const flat: string[] = []
  for (const [key, file] of fileByKey) {
    for (const [index, from, to] of eachRun(uses[file] ?? [])) {
      for (let at = from; at <= to; at++) {
        const line = lines[index]!
        flat.push(`${line.branch ?? 'main'} ${line.versions[at]!.version} ${key}`)
      }
    }
  }
  return flat.toSorted()
}

/** The same by decoding every manifest whole, without remembering anything of the one before. */
function decodeAll(location: string, { lines }: References): readonly string[] {
  const keys = lines.flatMap(({ branch, folder: own, versions }) =>
    versions.flatMap(({ version, path }) => {
      const manifest = decodeManifest(readFileSync(join(location, path)))
      const bases = new Map(manifest.basePaths.map((base) => [base.id, base.path.slice(location.length + 1)]))
      const place = (kind: string, name: string, baseId: number | undefined): string =>
        joinPath(baseId === undefined ? own : bases.get(baseId)!, kind, name)
      const files = manifest.fragments.flatMap(({ id, files, deletion }) => [
        ...files.map((file) => place('data', file.path, file.baseId)),
        ...(deletion === undefined ? [] : [place('_deletions', deletionFileName(id, deletion), deletion.baseId)]),
      ])
      const indices = manifest.indices.map(({ uuid }) => `_indices/${uuid}`)
      const transaction = joinPath(own, '_transactions', manifest.transactionFile)
      const all = [...files, ...indices, ...(manifest.transactionFile === '' ? [] : [transaction])]
      return [...new Set(all)].map((key) => `${branch ?? 'main'} ${version} ${key}`)
    }),
  )
  return keys.toSorted()
}

describe('references', () => {
  it('are what decoding every manifest of random histories says', async () => {
    let seen = 0
    for (let seed = 500; seed < 525; seed++) {
      const dice = createDice(seed)
      const { location, log } = await makeRandomHistory(folder, `r${seed}`, dice, 12)
      const references = await read(location)
      const flat = flatten(references)
      expect(flat, `seed ${seed}: ${log.join(', ')}`).toEqual(decodeAll(location, references))
      seen += flat.length
    }
    expect(seen).toBeGreaterThan(1000)
  }, 60_000)

  it('are the same for fragments by the thousand that come, change and go', async () => {
    const location = join(scratch, 'long.lance')
    writeLongHistory(location, 400, 90)
    const references = await read(location)
    expect(references.lines[0]?.versions.length).toBe(400)
    expect(flatten(references)).toEqual(decodeAll(location, references))
  })

  it('survive any change in the middle of a manifest', async () => {
    const location = join(scratch, 'changes.lance')
    const dice = createDice(7)
    let fragments: (readonly [number, number])[] = Array.from({ length: 60 }, (_, id) => [id, 0])
    let next = 60
    for (let version = 1; version <= 150; version++) {
      const at = dice.roll(fragments.length)
      if (dice.chance(0.3)) fragments = fragments.toSpliced(at, 1 + dice.roll(5))
      if (dice.chance(0.5))
        fragments = fragments.map(([id, deleted], index) => [id, index === at ? deleted + 1 : deleted])
      if (dice.chance(0.5) || fragments.length < 5) fragments = [...fragments, [next++, 0], [next++, 0]]
      // A repeated fragment of the past, as after a restore.
      if (dice.chance(0.1)) fragments = [[0, 0], ...fragments.filter(([id]) => id !== 0)]
      writeManifest(location, {
        version,
        columns: dice.chance(0.2) ? ['id', 'more'] : ['id'],
        fragments: fragments.map(([id, deleted]) => fragment(id, 100, deleted === 0 ? {} : { deleted })),
        ...(dice.chance(0.3) ? { indexSection: indexSection(['i', 1 + dice.roll(3), [0]]) } : {}),
      })
    }
    const references = await read(location)
    expect(flatten(references)).toEqual(decodeAll(location, references))
  })

  it('read anew what another base path makes another file', async () => {
    const location = join(scratch, 'bases.lance')
    const fragments = [fragment(0, 5), fragment(1, 5)]
    writeManifest(location, { version: 1, fragments })
    const branch = join(location, 'tree/b')
    writeManifest(branch, { version: 1, fragments, bases: [[1, location]] })
    writeManifest(branch, { version: 2, fragments, bases: [[1, join(location, 'tree/c')]] })
    writeFileIn(location, '_refs/branches/b.json', JSON.stringify({ parentVersion: 1 }))
    const references = await read(location)
    expect(references.lines[1]).toMatchObject({ branch: 'b', lineage: [], foreignBases: [], aliases: [] })
    expect(flatten(references)).toEqual(decodeAll(location, references))
  })

  it('go on past a manifest that is damaged, whatever the damage', async () => {
    const table = await folder.create('damaged', makeRows(0, 50))
    for (let round = 0; round < 6; round++) await table.add(makeRows(100 * round, 100 * round + 3))
    const location = folder.location('damaged')
    const whole = await read(location)
    const path = join(location, whole.lines[0]!.versions[3]!.path)
    const good = readFileSync(path)
    const dice = createDice(3)
    const expected = flatten(whole).filter((it) => !it.startsWith('main 4 '))
    for (let round = 0; round < 150; round++) {
      const bad = Uint8Array.from(dice.chance(0.3) ? good.subarray(0, dice.roll(good.length)) : good)
      for (let hit = 0; hit < 3; hit++) if (bad.length > 0) bad[dice.roll(bad.length)] = dice.roll(256)
      writeFileSync(path, bad)
      const references = await read(location)
      const line = references.lines[0]!
      if (line.unreadable.length === 0) {
        // Bytes that still make a manifest: the others must not suffer from what it says.
        expect(flatten(references).filter((it) => !it.startsWith('main 4 '))).toEqual(expected)
        continue
      }
      expect(line.unreadable).toMatchObject([{ version: 4, error: { code: 'corrupt-manifest' } }])
      expect(flatten(references)).toEqual(expected)
    }
    writeFileSync(path, good)
  })

  it('know the operation of writers that kept their transaction in a file only', async () => {
    const location = join(scratch, 'files.lance')
    for (const version of [1, 2, 3]) writeManifest(location, { version, transactionFile: `${version}.txn` })
    writeFileIn(location, '_transactions/1.txn', message([1, 0], [2, 'uuid'], [101, message()]))
    writeFileIn(location, '_transactions/2.txn', 'damaged')
    const references = await read(location)
    expect(references.lines[0]?.versions.map(({ operation }) => operation)).toEqual(['delete', 'unknown', 'unknown'])
    expect(references.unreadable).toEqual([])
  })

  it('take the V2 name where both are there, and leave detached versions alone', async () => {
    const location = join(scratch, 'names.lance')
    const path = join(location, writeManifest(location, { version: 1, fragments: [fragment(0, 1)] }))
    copyFileSync(path, join(location, '_versions/1.manifest'))
    copyFileSync(path, join(location, '_versions/d9223372036854775809.manifest'))
    appendFileSync(join(location, '_versions/.tmp_x'), 'x')
    const { lines } = await read(location)
    expect(lines[0]?.versions.map(({ path }) => path)).toEqual(['_versions/18446744073709551614.manifest'])
  })

  it('keep apart the index segments of a uuid by who names it', async () => {
    const location = join(scratch, 'segments.lance')
    for (const version of [1, 2, 3]) {
      writeManifest(location, { version, ...(version === 2 ? { indexSection: indexSection(['i', 5, [0]]) } : {}) })
    }
    const flat = flatten(await read(location))
    expect(flat.filter((it) => it.includes('_indices'))).toEqual([`main 2 _indices/${uuidOf(5)}`])
  })
})

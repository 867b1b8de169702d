import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fragment, manifestFile, message } from '../format/encode.fixture.ts'
import { decodeManifest } from '../format/manifest.ts'
import { createLocalStore } from '../store/local-store.ts'
import { findMissingFiles, sumDataBytes } from './data-files.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiltyard-data-'))
  await mkdir(join(folder, 'data'))
  await writeFile(join(folder, 'data', 'file-1.lance'), new Uint8Array(77))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const manifestOf = (...fragments: readonly Uint8Array[]) =>
  decodeManifest(manifestFile({ version: 1, fields: [[2, fragments]] }))

it('looks up sizes only where the manifest does not record them', async () => {
  const store = createLocalStore(folder)
  expect(await sumDataBytes(store, undefined, manifestOf(fragment(5, 1, { bytes: 500 })))).toBe(500)
  expect(store.usage().requests).toBe(0)
  const manifest = manifestOf(
    fragment(5, 1, { bytes: 500 }),
    fragment(1, 1, { bytes: 0 }),
    fragment(2, 1, { bytes: 0 }),
  )
  expect(await sumDataBytes(store, undefined, manifest)).toBe(577)
  expect(store.usage()).toEqual({ requests: 2, bytes: 0 })
})

it('finds missing files by one listing, and leaves files of other datasets alone', async () => {
  const store = createLocalStore(folder)
  const elsewhere = message([1, 3], [2, message([1, 'file-3.lance'], [7, 0])], [4, 1])
  const manifest = manifestOf(fragment(1, 1), fragment(2, 1), elsewhere)
  expect(await findMissingFiles(store, undefined, manifest)).toEqual(['data/file-2.lance'])
  expect(store.usage().requests).toBe(1)
  const many = Array.from({ length: 30 }, (_, id) => fragment(100 + id, 1))
  expect(await findMissingFiles(store, undefined, manifestOf(...many))).toHaveLength(20)
  const tooMany = Array.from({ length: 2001 }, (_, id) => fragment(100 + id, 1))
  expect(await findMissingFiles(store, undefined, manifestOf(...tooMany))).toEqual([])
  expect(store.usage().requests).toBe(2)
})

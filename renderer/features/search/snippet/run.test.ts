import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SearchCode } from './source.ts'
import { toTypeScript } from './typescript.ts'

let folder: string

/** Sixty rows of which ten hold the word fox, with an index of vectors and one of words with positions; tag and branch. */
const MAKE = `
const rows = Array.from({ length: 60 }, (_, id) => ({
  id,
  body: id % 6 === 0 ? 'the quick brown fox' : 'a lazy dog sleeps',
  note: 'fox note',
  vector: [Math.sin(id), Math.cos(id), id / 60, 1],
}))
const db = await lancedb.connect(process.argv[2])
const table = await db.createTable('books', rows)
await table.createIndex('vector', { config: lancedb.Index.ivfFlat({ numPartitions: 2 }) })
await table.createIndex('body', { config: lancedb.Index.fts({ withPosition: true }) })
await (await table.tags()).create('made', 3)
await (await table.branches()).create('dev')
`

function run(name: string, code: string): string {
  const file = path.join(folder, `${name}.mjs`)
  fs.writeFileSync(file, code)
  const env = { ...process.env, LANCEDB_LOG: 'error' }
  return execFileSync(process.execPath, [file, folder], { encoding: 'utf8', env })
}

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tiltyard-snippets-'))
  fs.symlinkSync(
    path.resolve(import.meta.dirname, '../../../../node_modules'),
    path.join(folder, 'node_modules'),
    'dir',
  )
  run('make', `import * as lancedb from '@lancedb/lancedb'\n${MAKE}`)
})
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

const VECTOR = [0.1, 0.9, 0.5, 1]
const params = { metric: 'l2', nprobes: { min: 1, max: 2 }, refine: 2, distanceRange: { lower: 0, upper: 9 } } as const
const EMBEDDED = { text: 'a\u2028throw 1\nthrow 2', embedder: 'mine', title: 'Mine', model: 'nomic', elapsedMs: 3 }
const fox = { kind: 'match', terms: 'fox', column: 'body' } as const
const SEARCHES: readonly (readonly [string, Partial<SearchCode['query']>, number, Partial<SearchCode>?])[] = [
  ['vector', { vector: VECTOR, params, filter: 'id < 50' }, 5],
  ['exact', { vector: VECTOR, params: { exact: true, fast: true, postfilter: true }, filter: 'id >= 0' }, 5],
  ['fewest', { vector: VECTOR, params: { nprobes: { max: 2 } } }, 5],
  ['most', { vector: VECTOR, params: { nprobes: { min: 30 } } }, 5],
  ['all-probes', { vector: VECTOR, params: { nprobes: { min: 25, max: 0 }, ef: 20 } }, 5],
  ['row', { vector: { rowId: '7' } }, 5],
  ['several', { vector: [VECTOR, [1, 0, 0, 1]] }, 10],
  ['words', { text: 'fox' }, 5],
  ['columns', { text: 'quick' }, 5, { textColumns: ['body', 'note'] }],
  ['phrase', { text: { kind: 'phrase', terms: 'brown fox', slop: 1 } }, 5],
  ['near', { text: { kind: 'match', terms: 'fxo', fuzziness: 2, prefixLength: 1, maxExpansions: 9 } }, 5],
  ['auto', { text: { kind: 'match', terms: 'fox', fuzziness: 'auto', operator: 'and', boost: 2 } }, 5],
  ['multi', { text: { kind: 'multi-match', terms: 'quick', columns: [{ column: 'body', boost: 2 }], operator: 'and' } }, 5],
  ['boost', { text: { kind: 'boost', positive: fox, negative: { ...fox, terms: 'dog' }, negativeBoost: 0.2 } }, 5],
  ['boolean', { text: { kind: 'boolean', must: [fox], should: [fox], mustNot: [{ ...fox, terms: 'dog' }] } }, 5],
  ['hybrid', { vector: VECTOR, text: 'fox', params: { rrfK: 20, textWeight: 2 }, filter: 'id < 50' }, 5],
  ['embedded', { vector: VECTOR }, 5, { embedded: EMBEDDED }],
  ['tag', { vector: VECTOR }, 5, { at: { tag: 'made' } }],
  ['branch', { text: 'fox' }, 5, { at: { branch: 'dev' } }],
] // prettier-ignore

it('runs as copied, in every form', () => {
  for (const [name, query, , more] of SEARCHES) {
    const code = toTypeScript({
      location: path.join(folder, 'books.lance'),
      at: { version: 3 },
      query: { k: 5, ...query },
      vectorColumn: 'vector',
      textColumns: ['body'],
      ...more,
    })
    // The one thing in it that is not JavaScript.
    const script = code.replace(' as unknown as number', '')
    fs.writeFileSync(path.join(folder, `${name}.mjs`), `${script}\nexport const count = rows.length\n`)
  }
  const names = SEARCHES.map(([name]) => name)
  const all = names.map((name) => `(await import('./${name}.mjs')).count`)
  const counts: unknown = JSON.parse(run('all', `console.log(JSON.stringify([${all.join(', ')}]))`))
  expect(counts).toEqual(SEARCHES.map(([, , rows]) => rows))
}, 60_000)

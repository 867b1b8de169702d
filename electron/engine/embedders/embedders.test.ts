import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Input } from '#shared/contract/index.ts'
import { makeTestContext, type TestContext } from '../datasets/context.fixture.ts'
import { arrow, lancedb } from '../lance/tables.fixture.ts'
import { idle, openTable, setWritable, withoutPrivileges } from '../versions/writing.fixture.ts'
import { createEmbeddersHandlers } from './index.ts'
import { columnOrigins } from './origin.ts'

let test: TestContext
let handlers: ReturnType<typeof createEmbeddersHandlers>
beforeAll(async () => {
  test = await makeTestContext()
  handlers = createEmbeddersHandlers(test.context)
})
afterAll(() => test.remove())

const vector = (length: number): number[] => Array.from({ length }, (_, index) => index / length)
const vectors = (length: number) => new arrow.FixedSizeList(length, new arrow.Field('item', new arrow.Float32(), true))
const schema = new arrow.Schema([
  new arrow.Field('id', new arrow.Int64(), true),
  new arrow.Field('text', new arrow.Utf8(), true),
  new arrow.Field('vector', vectors(384), true),
  new arrow.Field('small', vectors(8), true),
])
const rows = [{ id: 1n, text: 'a', vector: vector(384), small: vector(8) }]

async function make(name: string): Promise<string> {
  await (await lancedb.connect(test.folder.path)).createTable(name, lancedb.makeArrowTable(rows, { schema }))
  return test.open(name)
}

const columns = (dataset: string, ref?: Input<'embedders.columns'>['ref']) =>
  handlers['embedders.columns']({ dataset, ref }, idle)
const assign = async (input: Input<'embedders.assign'>) => handlers['embedders.assign'](input, idle)
const save = async (input: Omit<Input<'embedders.save'>, 'title'>) =>
  handlers['embedders.save']({ title: input.id, ...input }, idle)

describe('which embedder made a column', () => {
  it('is recorded as one commit, in the metadata of the column, and read back', async () => {
    const dataset = await make('recorded')
    expect(await columns(dataset)).toEqual([
      { column: 'vector', dimension: 384 },
      { column: 'small', dimension: 8 },
    ])
    expect(await assign({ dataset, column: 'vector', embedder: 'built-in', sourceColumn: 'text' })).toEqual({
      versionBefore: 1,
      versionAfter: 2,
    })
    const recorded = { provider: 'tiltyard', model: 'lexical-hash-384-v1', sourceColumn: 'text', by: 'tiltyard' }
    expect((await columns(dataset))[0]).toEqual({ column: 'vector', dimension: 384, recorded, embedder: 'built-in' })
    expect((await columns(dataset, { version: 1 }))[0]).toEqual({ column: 'vector', dimension: 384 })
    const field = (await (await openTable(test.folder.locate('recorded'))).schema()).fields[2]
    expect(JSON.parse(field?.metadata.get('tiltyard:embedder') ?? '')).toEqual({
      provider: 'tiltyard',
      model: 'lexical-hash-384-v1',
      sourceColumn: 'text',
    })
    // The record survives other writes.
    await (await openTable(test.folder.locate('recorded'))).add(rows)
    expect((await columns(dataset))[0]?.recorded).toEqual(recorded)
  })

  it('is refused for what it cannot be', async () => {
    const dataset = await make('refused')
    await expect(assign({ dataset, column: 'small', embedder: 'built-in' })).rejects.toMatchObject({
      code: 'invalid-vector',
      message: '"Built-in, by shared words" makes vectors of 384 numbers, and those of "small" have 8.',
    })
    await expect(assign({ dataset, column: 'text', embedder: 'built-in' })).rejects.toMatchObject({
      code: 'invalid-vector',
    })
    await expect(assign({ dataset, column: 'none', embedder: 'built-in' })).rejects.toMatchObject({
      code: 'unknown-column',
    })
    const input = { dataset, column: 'vector', embedder: 'built-in', sourceColumn: 'none' }
    await expect(assign(input)).rejects.toMatchObject({ code: 'unknown-column' })
    await expect(assign({ ...input, embedder: 'nobody' })).rejects.toMatchObject({ code: 'embedder-not-found' })
    expect((await test.context.datasets.get(dataset).resolve()).version).toBe(1)
  })

  it('is not written where nothing may be', async () => {
    const dataset = await make('readonly')
    const location = test.folder.locate('readonly')
    setWritable(location, false)
    chmodSync(test.folder.path, 0o755)
    const [failure] = await withoutPrivileges(() =>
      Promise.allSettled([assign({ dataset, column: 'vector', embedder: 'built-in' })]),
    )
    setWritable(location, true)
    expect(failure).toMatchObject({ reason: { code: 'read-only' } })
  })

  it('is read as LanceDB records it, in both of its spellings', async () => {
    const entries = [
      { name: 'openai', model: { model: 'text-embedding-3-small' }, sourceColumn: 'text', vectorColumn: 'vector' },
      { name: 'ollama', model: { name: 'nomic-embed-text' }, source_column: 'text', vector_column: 'small' },
      { name: 'half' },
      null,
    ]
    const withMetadata = new arrow.Schema(schema.fields, new Map([['embedding_functions', JSON.stringify(entries)]]))
    await (await lancedb.connect(test.folder.path)).createEmptyTable('foreign', withMetadata)
    const dataset = await test.open('foreign')
    await save({ id: 'local', url: 'http://localhost:11434/v1', model: 'nomic-embed-text:latest' })
    expect(await columns(dataset)).toEqual([
      {
        column: 'vector',
        dimension: 384,
        recorded: { provider: 'openai', model: 'text-embedding-3-small', sourceColumn: 'text', by: 'lancedb' },
      },
      {
        column: 'small',
        dimension: 8,
        recorded: { provider: 'ollama', model: 'nomic-embed-text', sourceColumn: 'text', by: 'lancedb' },
        embedder: 'local',
      },
    ])
    await handlers['embedders.remove']({ id: 'local' }, idle)
  })

  it('is unknown where the record is damaged', async () => {
    const dataset = test.context.datasets.get(await make('damaged'))
    const manifest = await dataset.manifest(await dataset.resolve())
    for (const value of ['{', '[]', 'null', '{"provider":1,"model":"m"}', '{"provider":"p"}']) {
      const schema = manifest.schema.map((field) => ({ ...field, metadata: { 'tiltyard:embedder': value } }))
      const origins = columnOrigins({ ...manifest, schema, schemaMetadata: { embedding_functions: value } }, [])
      expect(origins.map(({ recorded }) => recorded)).toEqual([undefined, undefined])
    }
  })
})

describe('endpoints', () => {
  it('are kept without their key, changed and removed', async () => {
    const url = 'https://example.org/v1/embeddings'
    const info = await save({ id: 'far', url, model: 'm', apiKey: 'sk-very-secret' })
    expect(info).toEqual({
      id: 'far',
      title: 'far',
      kind: 'http',
      provider: 'openai-compatible',
      model: 'm',
      dimension: null,
      url: 'https://example.org/v1',
      hasKey: true,
      isRemote: true,
    })
    expect(readFileSync(join(test.context.paths.dataDir, 'settings.json'), 'utf8')).not.toContain('secret')
    // The key stays when something else changes, and goes when the address does: it was given for that server.
    expect(await save({ id: 'far', url, model: 'other' })).toMatchObject({ model: 'other', hasKey: true })
    expect(await save({ id: 'far', url: 'https://example.com/v1', model: 'm' })).toMatchObject({ hasKey: false })
    const again = createEmbeddersHandlers(test.context)
    expect((await again['embedders.list']({}, idle)).map(({ id }) => id)).toEqual(['built-in', 'far'])
    await handlers['embedders.remove']({ id: 'far' }, idle)
    await expect(handlers['embedders.remove']({ id: 'far' }, idle)).rejects.toMatchObject({
      code: 'embedder-not-found',
    })
  })

  it.each([
    ['http://127.0.0.1:1/v1', false],
    ['http://localhost/v1', false],
    ['http://[::1]:8080', false],
    ['http://127.evil.org/v1', true],
    ['http://localhost.evil.org', true],
    ['http://192.168.1.2/v1', true],
    ['https://api.openai.com/v1', true],
  ])('%s leaves this machine: %s', async (url, isRemote) => {
    expect(await save({ id: 'place', url, model: 'm' })).toMatchObject({ isRemote })
    await handlers['embedders.remove']({ id: 'place' }, idle)
  })

  it.each(['ftp://localhost/', 'http://user:pass@localhost/v1', 'http://localhost/v1?key=1', 'file:///etc/passwd'])(
    'refuses %s',
    async (url) => {
      await expect(save({ id: 'wrong', url, model: 'm' })).rejects.toMatchObject({ code: 'invalid-input' })
    },
  )

  it('leaves the built-in one alone, and says when a key is missing', async () => {
    await expect(save({ id: 'built-in', url: 'http://localhost', model: 'm' })).rejects.toMatchObject({
      code: 'invalid-input',
    })
    await save({ id: 'keyless', url: 'http://localhost:9', model: 'm', apiKeyVariable: 'TILTYARD_NO_SUCH_KEY' })
    const running = handlers['embedders.embed']({ embedder: 'keyless', texts: ['a'] }, idle)
    await expect(running).rejects.toMatchObject({ code: 'embedder-failed', message: /TILTYARD_NO_SUCH_KEY/ })
    await handlers['embedders.remove']({ id: 'keyless' }, idle)
  })
})

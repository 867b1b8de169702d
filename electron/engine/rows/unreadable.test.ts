import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { idle, makeTestEngine, page, valuesOf, type TestEngine } from './engine.fixture.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await makeTestEngine()
})
afterAll(() => engine.remove())

/** A dataset only Python can make; see fixtures/make.py. */
async function open(name: string): Promise<string> {
  const location = fileURLToPath(new URL(`fixtures/${name}.lance`, import.meta.url))
  return (await engine.context.datasets.open(location)).handle
}

describe('datasets LanceDB reads in part or not at all', () => {
  it('leaves a legacy blob column out of all, and says why it cannot be read', async () => {
    const dataset = await open('legacy-blob')
    expect(valuesOf(await page(engine, { dataset }), 'id')).toEqual([1n, 2n])
    const reason = { code: 'unsupported-format', message: expect.stringContaining('legacy format') }
    await expect(page(engine, { dataset, columns: ['b'] })).rejects.toMatchObject(reason)
    await expect(engine.rows['cells.get']({ dataset, rowId: '0', column: 'b' }, idle)).rejects.toMatchObject(reason)
  })

  it('refuses time zones written as offsets instead of calling the data damaged', async () => {
    const dataset = await open('offset-zone')
    await expect(page(engine, { dataset, columns: ['id'] })).rejects.toMatchObject({
      code: 'unsupported-format',
      message: expect.stringContaining('"at"'),
    })
  })

  it('writes out the zeros of decimals with a negative scale', async () => {
    const result = await page(engine, { dataset: await open('negative-scale') })
    expect(valuesOf(result, 'd').map(String)).toEqual(['12300', '-12300', 'null'])
  })
})

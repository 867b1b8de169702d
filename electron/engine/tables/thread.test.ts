import { existsSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { deflateRawSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { PARSER_FILE } from '../parsing/parser.ts'
import { Parser } from '../parsing/index.ts'
import { decode, sourceOf } from './tables.fixture.ts'

describe.skipIf(!existsSync(PARSER_FILE))('through the thread', () => {
  const parser = new Parser({ heapMegabytes: 200, timeoutMs: 20_000 })
  afterAll(() => parser.close())

  it('hands batches over and goes on while the caller is slow', async () => {
    const text = `id,name\n${Array.from({ length: 200_000 }, (_, id) => `${id},name ${id}`).join('\n')}\n`
    const source = sourceOf('csv', text)
    const detected = await parser.call('table.detect', source, source)
    expect(detected.columns.map(({ type }) => type)).toEqual(['int64', 'string'])
    let rows = 0
    for await (const batch of parser.stream('table.read', source, source)) {
      const table = decode(batch.arrow)
      expect(table.at(0)).toEqual({ id: BigInt(rows), name: `name ${rows}` })
      rows += batch.rows
    }
    expect(rows).toBe(200_000)
  })

  it('does not keep batches that were handed over', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const source = sourceOf('csv', `id\n${Array.from({ length: 1_500_000 }, (_, id) => id).join('\n')}\n`)
    const handed: WeakRef<Uint8Array>[] = []
    let kept = 0
    for await (const { arrow } of parser.stream('table.read', source, source)) {
      handed.push(new WeakRef(arrow))
      await setImmediate()
      collect()
      kept = Math.max(kept, handed.filter((batch) => batch.deref() !== undefined).length)
    }
    expect(handed.length).toBeGreaterThan(20)
    // The one in hand, and what the generators on the way still point at.
    expect(kept).toBeLessThan(6)
  })

  it('stops when the caller leaves, and takes the next file', async () => {
    const source = sourceOf('jsonl', '{"a":1}\n'.repeat(300_000))
    for await (const { rows } of parser.stream('table.read', source, source)) {
      expect(rows).toBe(65_536)
      break
    }
    const next = sourceOf('csv', 'a,b\n1,2\n')
    expect((await parser.call('table.detect', next, next)).rows).toBe(1)
  })

  it('fails as values, with a workbook that unpacks to far more than it is', async () => {
    const bomb = sourceOf('xlsx', zipOf('xl/worksheets/sheet1.xml', Buffer.alloc(300 * 1024 ** 2, 32)))
    await expect(parser.call('table.detect', bomb, bomb)).rejects.toMatchObject({
      code: 'unreadable-source',
      message: expect.stringContaining('unpacks to more'),
    })
    const liar = sourceOf('xlsx', zipOf('xl/workbook.xml', Buffer.alloc(30 * 1024 ** 2, 32), 1000))
    await expect(parser.call('table.detect', liar, liar)).rejects.toMatchObject({ code: 'unreadable-source' })
    const bad = sourceOf('csv', 'a,b\n1,2\nx\n')
    const reading = (async () => {
      for await (const _ of parser.stream('table.read', bad, bad));
    })()
    await expect(reading).rejects.toMatchObject({ code: 'bad-rows', detail: { line: 3 } })
  })
})

/** A ZIP archive of one entry, which may lie about its length. */
function zipOf(name: string, content: Buffer, claimed = content.length): Buffer {
  const packed = deflateRawSync(content)
  const head = Buffer.alloc(26)
  head.writeUInt16LE(20, 0)
  head.writeUInt16LE(8, 4)
  head.writeUInt32LE(packed.length, 14)
  head.writeUInt32LE(claimed, 18)
  head.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), head, Buffer.from(name), packed])
  const central = Buffer.concat([
    Buffer.from('PK\u0001\u0002', 'latin1'),
    Buffer.from([20, 0]),
    head,
    Buffer.alloc(14),
    Buffer.from(name),
  ])
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, central, end])
}

import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { StreamEvent } from '#shared/model/import/stream.ts'

const CALL = path.resolve(import.meta.dirname, '../../dist/launch/call.mjs')
const folder = mkdtempSync(path.join(os.tmpdir(), 'tiltyard-call-stream-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const record = (id: number): string => `${JSON.stringify({ id, text: `row ${id}` })}\n`

/** `npm run call -- import.stream` with records on standard input. */
function startStream(input: object) {
  const child = spawn(process.execPath, [CALL, 'import.stream', JSON.stringify(input)], {
    env: { ...process.env, TILTYARD_DATA_DIR: path.join(folder, 'data') },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const events: StreamEvent[] = []
  const waiting = new Set<() => void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    events.push(JSON.parse(line) as StreamEvent)
    for (const wake of waiting) wake()
  })
  const until = (seen: (event: StreamEvent) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!events.some(seen)) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })
  return { child, events, until }
}

const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('close', resolve))

describe.skipIf(!existsSync(CALL))('import.stream on the command line', () => {
  it('takes records from standard input to its end and tells the counts', async () => {
    const location = path.join(folder, 'piped.lance')
    const { child, events } = startStream({ location })
    for (let id = 0; id < 2500; id++) child.stdin.write(record(id))
    child.stdin.end('{"id":"no number"}\n')
    expect(await ended(child)).toBe(0)
    expect(events.at(-1)).toMatchObject({
      kind: 'closed',
      stream: { counts: { total: 2500, buffered: 0, persisted: 2500, refused: 1 } },
    })
    expect(events.find(({ kind }) => kind === 'refused')).toMatchObject({ records: [{ line: 2501 }] })
  })

  it('loses nothing at Ctrl-C', async () => {
    const location = path.join(folder, 'interrupted.lance')
    const { child, events, until } = startStream({ location, flushSeconds: 3600 })
    for (let id = 0; id < 7; id++) child.stdin.write(record(id))
    await until((event) => event.stream.counts.buffered === 7)
    child.kill('SIGINT')
    expect(await ended(child)).toBe(130)
    expect(events.at(-1)).toMatchObject({ kind: 'closed', stream: { counts: { persisted: 7, buffered: 0 } } })
  })

  it('ends with the failure of a stream that cannot be opened', async () => {
    const { child } = startStream({ location: path.join(folder, 'bad name') })
    let errors = ''
    child.stderr.on('data', (text: Buffer) => (errors += text.toString()))
    child.stdin.on('error', () => undefined)
    expect(await ended(child)).toBe(1)
    expect(errors).toContain('invalid-name')
  })
})

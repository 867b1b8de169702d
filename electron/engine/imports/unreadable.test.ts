import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ENGINE_FILE, makeWorld, type World } from '../contract/world.fixture.ts'
import { documents, outcome, rowsOf, run } from './imports.fixture.ts'

/* Places in a folder that cannot be read: named, and the import goes on. */

// Every import is a process of its own, on machines that are busy.
vi.setConfig({ testTimeout: 120_000 })

const isBuilt = existsSync(ENGINE_FILE) && process.platform !== 'win32'
let world: World
beforeAll(async () => {
  if (isBuilt) world = await makeWorld()
})
afterAll(() => world?.close())

describe.skipIf(!isBuilt)('what cannot be read', () => {
  it('is named, and the import goes on without it', async () => {
    const folder = join(world.folder, 'odd')
    mkdirSync(join(folder, 'below'), { recursive: true })
    const good = ['a.md', 'below/z.md']
    for (const name of good) writeFileSync(join(folder, name), `# ${name}\n\ntext\n`)
    symlinkSync('/nowhere/at/all.md', join(folder, 'broken.md'))
    symlinkSync('circle.md', join(folder, 'circle.md'))
    symlinkSync('.', join(folder, 'below', 'itself'))
    symlinkSync('/dev/zero', join(folder, 'device.md'))
    symlinkSync('/proc/version', join(folder, 'kernel.txt'))
    execFileSync('mkfifo', [join(folder, 'pipe.md')])
    const socket = createServer()
    await new Promise<void>((resolve) => socket.listen(join(folder, 'socket'), resolve))
    try {
      const location = join(world.folder, 'odd.lance')
      const target = { kind: 'new', location } as const
      const spec = documents([folder], target)
      const { items, leftOut } = await world.client().call('import.preview', { spec })
      expect(items.map(({ name }) => name)).toEqual(good.map((name) => `odd/${name}`))
      const odd = ['odd/broken.md', 'odd/circle.md', 'odd/device.md', 'odd/kernel.txt', 'odd/pipe.md', 'odd/socket']
      expect(leftOut.map(({ name }) => name)).toEqual(odd)
      const result = await run(world, spec)
      expect(result.filesDone).toBe(2)
      expect(result.filesFailed.map(({ name }) => name)).toEqual(odd)
      const log = await world.client().call('import.log', { import: result.import })
      for (const name of odd) {
        expect(log).toContainEqual(expect.objectContaining({ file: name, level: 'error' }))
      }
      const rows = await rowsOf(location, ['source_path'])
      expect(rows.map(({ source_path: path }) => path)).toEqual(good.map((name) => `odd/${name}`))

      // What cannot be read now is not taken for gone.
      rmSync(join(folder, 'a.md'))
      execFileSync('mkfifo', [join(folder, 'a.md')])
      const update = documents([folder], { kind: 'existing', location, mode: 'update', gone: 'delete' })
      expect(await run(world, update)).toMatchObject({ rowsWritten: 0, rowsDeleted: 0 })
      expect(await rowsOf(location, ['source_path'])).toHaveLength(2)
    } finally {
      await new Promise((resolve) => socket.close(resolve))
    }
  })

  it('that was named itself is refused with what it is', async () => {
    const folder = join(world.folder, 'named')
    mkdirSync(folder)
    execFileSync('mkfifo', [join(folder, 'pipe')])
    mkdirSync(join(folder, 'empty'))
    const end = (path: string): Promise<string> =>
      outcome(run(world, documents([path], { kind: 'new', location: join(world.folder, 'none.lance') })))
    expect(await end(join(folder, 'gone'))).toBe('not-found')
    expect(await end(join(folder, 'pipe'))).toBe('schema-mismatch')
    expect(await end(join(folder, 'empty'))).toBe('schema-mismatch')
    expect(existsSync(join(world.folder, 'none.lance'))).toBe(false)
  })

  it('any more since the import began is named as well', async () => {
    const folder = join(world.folder, 'leaving')
    mkdirSync(folder)
    for (let number = 0; number < 400; number++) {
      writeFileSync(join(folder, `${String(number).padStart(3, '0')}.md`), `# ${number}\n\n${'text '.repeat(200)}\n`)
    }
    const staying = join(world.folder, 'staying.md')
    writeFileSync(staying, '# It stays\n\ntext\n')
    const location = join(world.folder, 'leaving.lance')
    const spec = documents([folder, staying], { kind: 'new', location })
    const events = world.client().stream('import.run', { spec })
    let result: { readonly filesDone: number; readonly filesFailed: readonly { readonly name: string }[] } | undefined
    let isGone = false
    for await (const event of events) {
      // The folder goes while it is read.
      if (!isGone && event.job.state === 'running') {
        isGone = true
        rmSync(folder, { recursive: true })
      }
      if (event.kind === 'done') result = event.result
    }
    expect(isGone).toBe(true)
    expect((result?.filesDone ?? 0) + (result?.filesFailed.length ?? 0)).toBe(401)
    const rows = await rowsOf(location, ['source_path'])
    expect(rows.at(-1)).toEqual({ source_path: 'staying.md' })
  })
})

import fs from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract, type OperationName, type Output } from '#shared/contract/index.ts'
import { AppError, ERROR_CODES } from '#shared/errors.ts'
import type { Client } from '#shared/rpc/client.ts'
import { cases } from './cases.fixture.ts'
import { hostileInputs, type HostileInput } from './hostile.fixture.ts'
import { ENGINE_FILE, makeWorld, type World } from './world.fixture.ts'

/*
 * Every operation of the contract against a real engine process: good input, hostile input, cancel midway, engine death
 * midway. The cases are typed by the contract, so a new entry fails here until it is covered.
 */

const names = Object.keys(contract) as OperationName[]
let world: World

beforeAll(async () => {
  if (!fs.existsSync(ENGINE_FILE)) throw new Error('The engine is not built: run `npm run build` first.')
  world = await makeWorld()
})
afterAll(() => world.close())

/** The result of a call, or the items of a stream; `enough` ends a stream early. */
async function perform(
  name: OperationName,
  input: unknown,
  signal?: AbortSignal,
  enough = Infinity,
): Promise<unknown[]> {
  const client = world.client() as unknown as Client<Record<string, never>>
  if (contract[name].kind === 'call') return [await client.call(name as never, input as never, { signal })]
  const items: unknown[] = []
  for await (const item of client.stream(name as never, input as never, { signal })) {
    items.push(item)
    if (items.length >= enough) break
  }
  return items
}

/** Resolves to `done` or to the failure's code; anything else that happens fails the test. */
async function outcome(running: Promise<unknown>, withinMs: number): Promise<string> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${withinMs} ms`), withinMs)
  })
  const settled = running.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : `threw ${String(error)}`),
  )
  return Promise.race([settled, late]).finally(() => clearTimeout(timer))
}

async function goodInput(name: OperationName): Promise<Record<string, unknown>> {
  return await cases[name].input(world, await world.open())
}

async function isAlive(pid: number | undefined): Promise<void> {
  const info = await world.client().call('app.info', {})
  expect(info.enginePid).toBe(pid)
}

it('has a case for every operation and none besides', () => {
  expect(Object.keys(cases).sort()).toEqual([...names].sort())
})

it('says in one line what every operation does', () => {
  for (const name of names) expect(contract[name].doc, name).toMatch(/^[A-Z][^\n]{10,160}\.$/)
})

describe.each(names)('%s', (name) => {
  it('does what it says with good input', async () => {
    const results = await perform(name, await goodInput(name), undefined, cases[name].enough)
    const check = cases[name].check as (results: readonly Output<OperationName>[], world: World) => void
    check(results as Output<OperationName>[], world)
  })

  it('answers hostile input with typed errors and lives on', async () => {
    const pid = world.supervisor.process()?.pid
    const good = await goodInput(name)
    const more = cases[name].hostile as ((good: unknown) => readonly HostileInput[]) | undefined
    for (const { what, input } of [...hostileInputs(good), ...(more?.(good) ?? [])]) {
      const result = await outcome(perform(name, input, undefined, cases[name].enough ?? 50), 10_000)
      expect(['done', ...ERROR_CODES.filter((code) => code !== 'internal')], what).toContain(result)
    }
    await isAlive(pid)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  }, 120_000)

  it('can be cancelled at any moment', async () => {
    const pid = world.supervisor.process()?.pid
    for (const delayMs of [0, 0, 1, 4]) {
      const input = await goodInput(name)
      const controller = new AbortController()
      const running = outcome(perform(name, input, controller.signal), 5000)
      if (delayMs === 0) await Promise.resolve()
      else await new Promise((resolve) => setTimeout(resolve, delayMs))
      controller.abort()
      expect(['done', 'cancelled']).toContain(await running)
    }
    await isAlive(pid)
  })

  it('settles when the engine dies midway, and works again within a second', async () => {
    const input = await goodInput(name)
    const client = world.client()
    const running = outcome(perform(name, input), 5000)
    const before = world.supervisor.process()?.pid
    try {
      process.kill(before!, 'SIGKILL')
      expect(['done', 'disconnected']).toContain(await running)
      const died = performance.now()
      await expect.poll(() => world.supervisor.process()?.pid, { interval: 5, timeout: 1000 }).not.toBe(before)
      await expect.poll(() => world.client() !== client, { interval: 5, timeout: 1000 }).toBe(true)
      await world.client().call('app.info', {})
      expect(performance.now() - died).toBeLessThan(1000)
      const results = await perform(name, await goodInput(name), undefined, cases[name].enough)
      expect(results.length).toBeGreaterThan(0)
    } finally {
      // Deaths on purpose must not use up the supervisor's patience, or one slow test fails all that follow.
      world.supervisor.restart()
    }
  })
})

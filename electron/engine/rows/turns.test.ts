import { expect, it } from 'vitest'
import { createTurns } from './turns.ts'

const idle = new AbortController().signal

function gate() {
  let open = (): void => {}
  const passed = new Promise<void>((resolve) => (open = resolve))
  return { open, passed }
}

it('runs so many at a time and the others in order', async () => {
  const turns = createTurns(2)
  const gates = [gate(), gate(), gate(), gate()]
  const started: number[] = []
  const all = gates.map(({ passed }, index) =>
    turns.take(idle, async () => {
      started.push(index)
      await passed
    }),
  )
  await Promise.resolve()
  expect(started).toEqual([0, 1])
  gates[1]?.open()
  await all[1]
  await new Promise(setImmediate)
  expect(started).toEqual([0, 1, 2])
  for (const { open } of gates) open()
  await Promise.all(all)
  expect(started).toEqual([0, 1, 2, 3])
})

it('lets one that is aborted leave the queue, and keeps the turn of one that runs on', async () => {
  const turns = createTurns(1)
  const first = gate()
  const running = turns.take(idle, () => first.passed)
  const abort = new AbortController()
  const given = turns.take(abort.signal, async () => 'never')
  const last = turns.take(idle, async () => 'last')
  abort.abort(new Error('gone'))
  await expect(given).rejects.toThrow('gone')
  first.open()
  await running
  expect(await last).toBe('last')
  expect(await turns.take(idle, async () => 'free again')).toBe('free again')
})

it('hands the turn on when a task fails', async () => {
  const turns = createTurns(1)
  const failing = turns.take(idle, () => Promise.reject(new Error('broken')))
  const next = turns.take(idle, async () => 'next')
  await expect(failing).rejects.toThrow('broken')
  expect(await next).toBe('next')
})

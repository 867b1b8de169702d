import { expect, it } from 'vitest'
import { createPacer } from './pacer.ts'

const idle = new AbortController().signal

it('asks at full speed until the server says it is too much, and dares again when it is content', async () => {
  let at = 0
  const pacer = createPacer(() => at)
  await pacer.turn(idle, false)
  pacer.tooOften()
  at = 99
  const waiting = pacer.turn(idle, true)
  await waiting
  at = 1000
  for (let index = 0; index < 20; index++) pacer.went()
  await pacer.turn(idle, false)
  await pacer.turn(idle, false)
  expect([pacer.requests, pacer.retries]).toEqual([4, 1])
})

it('gives a wait up when aborted', async () => {
  const pacer = createPacer(() => 0)
  for (let index = 0; index < 12; index++) pacer.tooOften()
  const controller = new AbortController()
  const waiting = pacer.turn(controller.signal, false)
  controller.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow('enough')
})

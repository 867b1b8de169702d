import { MessageChannel } from 'node:worker_threads'
import { expect, it } from 'vitest'
import type { Message } from './message.ts'
import { portChannel } from './port-channel.ts'

async function send(value: unknown, transfer: boolean): Promise<unknown> {
  const { port1, port2 } = new MessageChannel()
  const received = new Promise<Message>((resolve) => portChannel(port2).onMessage(resolve))
  portChannel(port1, { transfer }).send({ t: 'ok', id: 1, value })
  const message = await received
  port1.close()
  port2.close()
  return message.t === 'ok' ? message.value : undefined
}

it('copies bytes unless it is told to hand them over', async () => {
  const kept = Uint8Array.of(1, 2, 3)
  expect(await send({ kept }, false)).toEqual({ kept: Uint8Array.of(1, 2, 3) })
  expect(kept.byteLength).toBe(3)
  const given = Uint8Array.of(4, 5)
  expect(await send({ list: [given, given] }, true)).toEqual({ list: [Uint8Array.of(4, 5), Uint8Array.of(4, 5)] })
  expect(given.byteLength).toBe(0)
})

it('never hands over more than what was sent', async () => {
  const whole = Uint8Array.of(1, 2, 3, 4)
  expect(await send(whole.subarray(1, 3), true)).toEqual(Uint8Array.of(2, 3))
  expect([...whole]).toEqual([1, 2, 3, 4])
  expect([...((await send(Buffer.from('pooled'), true)) as Uint8Array)]).toEqual([...Buffer.from('pooled')])
})

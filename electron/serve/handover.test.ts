import type { IncomingMessage } from 'node:http'
import net from 'node:net'
import { expect, it } from 'vitest'
import type { Supervisor } from '#engine/supervisor.ts'
import type { FromEngine, ToEngine } from '#engine/supervisor/messages.ts'
import { createHandover } from './handover.ts'

it('invites the engine to the handshake only after the engine has the socket, one socket at a time', () => {
  const sent: ToEngine[] = []
  let tellHost: (message: FromEngine) => void = () => undefined
  const supervisor = {
    process: () => ({ send: (message: ToEngine) => void sent.push(message) }),
    onMessage: (listener: (message: FromEngine) => void) => {
      tellHost = listener
      return () => undefined
    },
    onStatus: () => () => undefined,
  } as unknown as Supervisor
  const handOver = createHandover(supervisor)
  const request = { method: 'GET', url: '/api', headers: { cookie: 'secret', upgrade: 'websocket' } } as IncomingMessage
  handOver(request, new net.Socket(), Buffer.alloc(0))
  handOver(request, new net.Socket(), Buffer.alloc(0))
  expect(sent.map((message) => message.t)).toEqual(['socket'])
  expect(JSON.stringify(sent)).not.toContain('secret')
  tellHost({ t: 'taken', id: 99 })
  expect(sent).toHaveLength(1)
  tellHost({ t: 'taken', id: 1 })
  expect(sent.map((message) => ('id' in message ? [message.t, message.id] : message.t))).toEqual([
    ['socket', 1],
    ['go', 1],
    ['socket', 2],
  ])
})

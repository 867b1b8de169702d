import net from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { openSocketDoor } from './sockets.ts'

const open: { destroy(): void }[] = []
afterEach(() => open.splice(0).forEach((socket) => socket.destroy()))

/** Two connected sockets: the peer's and ours. */
async function socketPair(): Promise<{ peer: net.Socket; ours: net.Socket }> {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const accepted = new Promise<net.Socket>((resolve) => server.once('connection', resolve))
  const peer = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1')
  const ours = await accepted
  server.close()
  open.push(peer, ours)
  return { peer, ours }
}

const request = {
  method: 'GET',
  url: '/api',
  headers: {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  },
  head: new Uint8Array(0),
}

describe('a socket handed over by the host', () => {
  it('hears nothing before the host has let go of it: its own copy could swallow the answer', async () => {
    const { peer, ours } = await socketPair()
    const heard: Buffer[] = []
    peer.on('data', (bytes: Buffer) => heard.push(bytes))
    const channels: unknown[] = []
    const door = openSocketDoor(
      (channel) => channels.push(channel),
      () => undefined,
    )
    door.hold(7, request, ours)
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(heard).toEqual([])
    door.accept(8)
    door.accept(7)
    await expect.poll(() => Buffer.concat(heard).toString()).toContain('101 Switching Protocols')
    expect(channels).toHaveLength(1)
    door.close()
  })

  it('is forgotten when the peer goes before the handshake', async () => {
    const { peer, ours } = await socketPair()
    const channels: unknown[] = []
    const door = openSocketDoor(
      (channel) => channels.push(channel),
      () => undefined,
    )
    door.hold(1, request, ours)
    const closed = new Promise((resolve) => ours.once('close', resolve))
    peer.destroy()
    await closed
    door.accept(1)
    expect(channels).toEqual([])
    door.close()
  })
})

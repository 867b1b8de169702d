import type { Channel } from '#shared/rpc/message.ts'

/**
 * A channel whose `close()` tells its listeners at once. A message port closed on this side says nothing to this side, and
 * a WebSocket takes its time when nobody answers; calls in flight must not wait for either.
 */
export function endable(channel: Channel): Channel {
  const listeners: (() => void)[] = []
  let ended = false
  const end = (): void => {
    if (ended) return
    ended = true
    for (const listener of listeners) listener()
  }
  channel.onClose(end)
  return {
    send: (message) => {
      if (!ended) channel.send(message)
    },
    onMessage: (handler) =>
      channel.onMessage((message) => {
        if (!ended) handler(message)
      }),
    onClose: (handler) => void listeners.push(handler),
    close: () => {
      channel.close()
      end()
    },
  }
}

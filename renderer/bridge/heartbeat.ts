import type { Contract } from '#shared/contract/index.ts'
import type { Client } from '#shared/rpc/client.ts'

/** A sign of life is asked for this often; one at a time. */
const BEAT_MS = 15_000
/** An engine that stays silent for this long, with nothing but a trivial question to answer, is not there. */
const SILENCE_MS = 30_000

/** Calls `onSilent` when the other end stops answering although the connection looks open. Returns the way to stop. */
export function heartbeat(client: Client<Contract>, onSilent: () => void): () => void {
  let silence: ReturnType<typeof setTimeout> | undefined
  const timer = setInterval(() => {
    if (silence !== undefined) return
    silence = setTimeout(onSilent, SILENCE_MS)
    const heard = (): void => {
      clearTimeout(silence)
      silence = undefined
    }
    client.call('app.info', {}).then(heard, heard)
  }, BEAT_MS)
  return () => {
    clearInterval(timer)
    clearTimeout(silence)
  }
}

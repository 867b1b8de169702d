import { utilityProcess, type MessagePortMain } from 'electron'
import type { EngineProcess } from '#engine/supervisor.ts'
import type { FromEngine } from '#engine/supervisor/messages.ts'

/** Starts the engine as a utility process. */
export function forkEngineUtility(file: string): EngineProcess {
  const child = utilityProcess.fork(file, [], { serviceName: 'Tiltyard engine', stdio: 'inherit' })
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  return {
    pid: child.pid,
    send(message, attachment) {
      if (!ended) child.postMessage(message, attachment === undefined ? [] : [attachment as MessagePortMain])
    },
    kill() {
      // A hung native thread does not run the handlers a polite request needs.
      if (child.pid === undefined) child.kill()
      else endProcess(child.pid)
    },
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromEngine)),
    onExit: (listener) => void child.once('exit', (code) => listener({ code, signal: null })),
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Ended by itself in the meantime.
  }
}

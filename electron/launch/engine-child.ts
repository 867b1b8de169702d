import { fork } from 'node:child_process'
import type { Socket } from 'node:net'
import type { EngineProcess, ProcessRole } from '#engine/supervisor.ts'
import type { FromEngine } from '#engine/supervisor/messages.ts'

export interface ForkOptions {
  /** Absent = an engine. */
  readonly role?: ProcessRole
  /** Folder relative paths are taken from. */
  readonly cwd?: string
  /** Receives the engine's log; absent = it goes to our stderr. */
  readonly onLog?: (text: string) => void
}

/** Starts the engine as a plain Node child process, for the browser host and the command line. */
export function forkEngine(file: string, { role, cwd, onLog }: ForkOptions = {}): EngineProcess {
  const log = onLog === undefined ? 2 : 'pipe'
  const child = fork(file, [], {
    serialization: 'advanced',
    // Whatever the engine prints is log: our own stdout is for the address and for JSON.
    stdio: ['ignore', log, log, 'ipc'],
    execArgv: [],
    // In a session of its own a job can put itself behind programs of all others. Windows would open a console for it.
    detached: role === 'job' && process.platform === 'linux',
    ...(cwd === undefined ? {} : { cwd }),
  })
  for (const output of [child.stdout, child.stderr])
    output?.setEncoding('utf8').on('data', (text: string) => onLog?.(text))
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  // A send that loses the race with the process's end reports here; `exit` tells the rest.
  child.on('error', () => undefined)
  return {
    pid: child.pid,
    send(message, attachment) {
      if (ended || !child.connected) return
      child.send(message, attachment as Socket | undefined, {}, () => undefined)
    },
    kill: () => void child.kill('SIGKILL'),
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromEngine)),
    onExit(listener) {
      child.once('exit', (code, signal) => listener({ code, signal }))
      // A process that could not be started at all never exits.
      child.once('error', () => {
        if (child.pid === undefined) listener({ code: null, signal: null })
      })
    },
  }
}

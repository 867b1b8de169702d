import { fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import os from 'node:os'
import { fileURLToPath } from 'node:url'
import { MovedPorts, type MessagePortMain } from './ports.ts'
import { record } from './record.ts'
import { strict } from './strict.ts'

/** Message between this process and a stand-in utility process. */
export type UtilityMessage =
  | { readonly message: unknown; readonly ports: readonly number[] }
  | { readonly port: number; readonly data?: unknown; readonly closed?: true }

const KNOWN_OPTIONS = new Set(['serviceName', 'stdio', 'env', 'cwd', 'execArgv'])

/** A utility process is a Node child here, with a `process.parentPort` like Electron's. */
export const utilityProcess = strict('utilityProcess', {
  fork(file: string, args: readonly string[] = [], options: Readonly<Record<string, unknown>> = {}) {
    for (const name of Object.keys(options)) {
      if (!KNOWN_OPTIONS.has(name)) throw new Error(`utilityProcess.fork has no option ${name}.`)
    }
    const boot = fileURLToPath(new URL('./utility-boot.mjs', import.meta.url))
    const child = fork(boot, [file, ...args], {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: [],
    })
    if (child.pid !== undefined) record.enginePids.push(child.pid)
    const moved = new MovedPorts()
    const emitter = new EventEmitter()
    const send = (message: UtilityMessage): void => {
      if (child.connected) child.send(message, () => undefined)
    }
    child.on('message', (message: UtilityMessage) => {
      if ('port' in message) moved.receive(message)
      else emitter.emit('message', message.message)
    })
    child.on('spawn', () => emitter.emit('spawn'))
    child.on('exit', (code, signal) => {
      // As waitpid reports it: a signal's number stands where a code would.
      emitter.emit('exit', code ?? (signal === null ? 0 : os.constants.signals[signal]))
      moved.closeAll()
    })
    return strict(
      'UtilityProcess',
      Object.assign(emitter, {
        pid: child.pid,
        kill: () => child.kill(),
        postMessage(message: unknown, transfer: readonly MessagePortMain[] = []) {
          send({ message, ports: transfer.map((port) => moved.move(port, send)) })
        },
      }),
    )
  },
})

import { decodeWire, encodeWire } from './wire.ts'

/*
 * What runs in the page's two worlds. The preload gets an isolated world of its own, as in Electron; the worlds share the
 * document only, so the bridge between them is made of events that carry text.
 */

type Listener = (event: { readonly ports: readonly MessagePort[] }, ...args: readonly unknown[]) => void
interface Preloaded {
  readonly encode: typeof encodeWire
  readonly decode: typeof decodeWire
  /** The preload, wrapped as Electron wraps it: written into the source, since the page's policy forbids eval. */
  readonly preload: (require: (name: string) => unknown, module: object, exports: object) => void
}

/** Main world: makes the objects the preload exposes. */
function mainWorld(encode: typeof encodeWire, decode: typeof decodeWire): void {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let nextId = 1
  /** Left here by the preload while the event that carries the call is being dispatched. */
  const answers: { readonly value?: unknown; readonly error?: string; readonly later?: number }[] = []
  const fromPreload = (text: string): void => {
    const message = decode(text) as {
      readonly expose?: string
      readonly shape?: Readonly<Record<string, unknown>>
      readonly settle?: number
      readonly value?: unknown
      readonly error?: string
      readonly later?: number
    }
    if (message.expose !== undefined) return expose(message.expose, message.shape ?? {})
    if (message.settle === undefined) return void answers.push(message)
    const call = waiting.get(message.settle)
    waiting.delete(message.settle)
    if (message.error === undefined) call?.resolve(message.value)
    else call?.reject(new Error(message.error))
  }
  const expose = (name: string, shape: Readonly<Record<string, unknown>>): void => {
    const invoke = (member: string, args: readonly unknown[]): unknown => {
      const id = nextId++
      document.dispatchEvent(new CustomEvent('stand-in:call', { detail: encode({ name, member, args, id }) }))
      const answer = answers.pop()
      if (answer?.error !== undefined) throw new Error(answer.error)
      if (answer?.later === undefined) return answer?.value
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
    }
    const members = Object.entries(shape).map(([member, kind]) => [
      member,
      kind === 'function' ? (...args: readonly unknown[]) => invoke(member, args) : (kind as { value: unknown }).value,
    ])
    Object.defineProperty(window, name, { value: Object.freeze(Object.fromEntries(members)), enumerable: true })
  }
  document.addEventListener('stand-in:bridge', (event) => fromPreload((event as CustomEvent<string>).detail))
}

/** Isolated world: what a sandboxed preload can `require`, then the preload itself. */
function preloadWorld({ encode, decode, preload }: Preloaded): void {
  const outside = globalThis as unknown as { standInSend(text: string): void; standInReceive(text: string): void }
  const listeners = new Map<string, Listener[]>()
  const invocations = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const ports = new Map<number, MessagePort>()
  const filePaths = new Map<string, string>()
  let nextId = 1
  const send = (message: unknown): void => outside.standInSend(encode(message))
  const toMainWorld = (message: unknown): void => {
    document.dispatchEvent(new CustomEvent('stand-in:bridge', { detail: encode(message) }))
  }

  outside.standInReceive = (text) => {
    const message = decode(text) as {
      readonly reply?: number
      readonly value?: unknown
      readonly error?: string
      readonly port?: number
      readonly data?: unknown
      readonly closed?: true
      readonly filePath?: { readonly name: string; readonly path: string }
      readonly channel?: string
      readonly args?: readonly unknown[]
      readonly ports?: readonly number[]
    }
    if (message.reply !== undefined) {
      const call = invocations.get(message.reply)
      invocations.delete(message.reply)
      if (message.error === undefined) call?.resolve(message.value)
      else call?.reject(new Error(message.error))
    } else if (message.port !== undefined) {
      if (message.closed === true) ports.get(message.port)?.close()
      else ports.get(message.port)?.postMessage(message.data)
    } else if (message.filePath !== undefined) {
      filePaths.set(message.filePath.name, message.filePath.path)
    } else if (message.channel !== undefined) {
      const given = (message.ports ?? []).map((id) => {
        const { port1, port2 } = new MessageChannel()
        ports.set(id, port1)
        port1.addEventListener('message', (event) => send({ port: id, data: event.data as unknown }))
        port1.start()
        port1.addEventListener('close', () => send({ port: id, closed: true }))
        return port2
      })
      for (const listener of listeners.get(message.channel) ?? []) listener({ ports: given }, ...(message.args ?? []))
    }
  }

  const ipcRenderer = {
    on: (channel: string, listener: Listener) =>
      void listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
    invoke: (channel: string, ...args: readonly unknown[]) =>
      new Promise((resolve, reject) => {
        const id = nextId++
        invocations.set(id, { resolve, reject })
        send({ invoke: channel, args, id })
      }),
  }
  const contextBridge = {
    exposeInMainWorld(name: string, api: Readonly<Record<string, unknown>>) {
      document.addEventListener('stand-in:call', (event) => {
        const call = decode((event as CustomEvent<string>).detail) as {
          readonly name: string
          readonly member: string
          readonly args: readonly unknown[]
          readonly id: number
        }
        if (call.name !== name) return
        try {
          const value = (api[call.member] as (...args: readonly unknown[]) => unknown)(...call.args)
          if (!(value instanceof Promise)) return toMainWorld({ value })
          toMainWorld({ later: call.id })
          value.then(
            (settled: unknown) => toMainWorld({ settle: call.id, value: settled }),
            (error: Error) => toMainWorld({ settle: call.id, error: error.message }),
          )
        } catch (error) {
          toMainWorld({ error: String(error) })
        }
      })
      const shape = Object.entries(api).map(([key, value]) => [
        key,
        typeof value === 'function' ? 'function' : { value },
      ])
      toMainWorld({ expose: name, shape: Object.fromEntries(shape) as unknown })
    },
  }
  const webUtils = { getPathForFile: (file: { readonly name: string }) => filePaths.get(file.name) ?? '' }
  const modules: Readonly<Record<string, unknown>> = { electron: { contextBridge, ipcRenderer, webUtils } }
  const require = (name: string): unknown => {
    if (modules[name] === undefined) throw new Error(`A sandboxed preload cannot load "${name}".`)
    return modules[name]
  }
  const module = { exports: {} }
  preload(require, module, module.exports)
}

export const MAIN_WORLD_SOURCE = `(${mainWorld.toString()})(${encodeWire.toString()}, ${decodeWire.toString()})`

export function preloadSource(code: string): string {
  const preload = `function (require, module, exports) {\n${code}\n}`
  const given = `{ encode: ${encodeWire.toString()}, decode: ${decodeWire.toString()}, preload: ${preload} }`
  return `(${preloadWorld.toString()})(${given})`
}

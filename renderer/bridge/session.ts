import type { Contract } from '#shared/contract/index.ts'
import { AppError, isCancelled } from '#shared/errors.ts'
import { createClient, type Client } from '#shared/rpc/client.ts'
import type { Api, EngineState } from './host.ts'
import { endable } from './endable.ts'
import { heartbeat } from './heartbeat.ts'
import { trackOpened } from './opened.ts'
import { createApi, type Connection } from './session-api.ts'
import type { HostAnswer, Transport } from './transport.ts'

/** A connection that mends itself. */
export interface Session {
  readonly api: Api
  engine(): EngineState
  onEngine(listener: (state: EngineState) => void): () => void
  reconnect(): void
}

/** Waits between attempts to reach a host: quick at first, then at leisure for as long as the page lives. */
const RETRY_MS = [50, 100, 200, 400, 800, 1500]
const SLOW_RETRY_MS = 3000
/** Attempts after which the window says that only a person can help; it keeps trying all the same. */
const PATIENCE = RETRY_MS.length
/** How long to wait for a host to notice that its engine died, before taking it for a broken line. */
const NOTICE_MS = 400
const ASK_AGAIN_MS = 40

const UNREACHABLE = {
  reason: 'Tiltyard cannot be reached: it was ended, or the line to its machine is broken.',
  hint: 'Start it again, or restore the connection; this page comes back by itself.',
}

const HUNG = {
  reason: 'The engine does not answer.',
  hint: 'It may be busy with something that cannot be interrupted. Reconnect ends it and starts another.',
}
/** Time an engine has to answer the first, trivial question; starting one takes a tenth of a second. */
const FIRST_ANSWER_MS = 10_000

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Keeps a page connected to its engine. When the connection is lost every call in flight fails, none is repeated; a new
 * connection is made, the open datasets are opened in the new engine, and only then is the session ready again.
 */
export function openSession(transport: Transport): Session {
  const opened = trackOpened()
  const listeners = new Set<(state: EngineState) => void>()
  let state: EngineState = { kind: 'connecting' }
  let connection: Connection | undefined
  /** Raised to make every earlier attempt give up. */
  let generation = 0
  let restarts = 0
  let waiting = withResolvers<Connection>()
  let wakeRetry: (() => void) | undefined
  /** Ends the newest channel, in use or still being set up. */
  let close: (() => void) | undefined

  const setState = (next: EngineState): void => {
    state = next
    for (const listener of listeners) listener(next)
  }
  const setGone = (reason: string, hint: string, code: 'disconnected' | 'engine-died' = 'disconnected'): void => {
    setState({ kind: 'gone', reason, hint })
    waiting.reject(new AppError({ code, message: reason, hint }))
    waiting = withResolvers<Connection>()
  }

  async function connect(): Promise<void> {
    const mine = ++generation
    const isCurrent = (): boolean => mine === generation
    for (let attempt = 0; isCurrent(); attempt++) {
      const answer = await transport.status()
      if (!isCurrent()) return
      if (answer.kind === 'refused') return setGone(answer.reason, answer.hint)
      if (answer.kind === 'gone') return setGone(answer.reason, answer.hint, 'engine-died')
      if (answer.kind === 'restarting') setState({ kind: 'restarting', reason: answer.reason })
      if (answer.kind === 'ready' && (await tryOnce(mine, answer.restarts))) return
      if (attempt >= PATIENCE && state.kind !== 'gone') setGone(UNREACHABLE.reason, UNREACHABLE.hint)
      await Promise.race([sleep(RETRY_MS[attempt] ?? SLOW_RETRY_MS), new Promise<void>((wake) => (wakeRetry = wake))])
    }
  }

  /** One connection attempt, with everything opened again; false when it failed on the way. */
  async function tryOnce(mine: number, restartsBefore: number): Promise<boolean> {
    try {
      const given = await transport.open()
      const channel = endable(given.channel)
      const knownRestarts = given.restarts ?? restartsBefore
      if (mine !== generation) {
        channel.close()
        return true
      }
      const client = createClient<Contract>(channel)
      const { promise: lost, resolve: endLost } = withResolvers<AppError>()
      const stopBeating = heartbeat(client, () => channel.close())
      channel.onClose(() => {
        stopBeating()
        void whyLost(knownRestarts).then((error) => {
          opened.dropSuspect(error.message)
          endLost(error)
          if (connection?.client === client) onLost(error)
        })
      })
      const fresh: Connection = { client, lost }
      close = () => channel.close()
      try {
        await answersInTime(client)
        await opened.replay(client)
      } catch (error) {
        channel.close()
        // Wait for the verdict, so that the dataset that did it is out before the next attempt.
        await lost
        // Only the time limit of the first question cancels anything here.
        if (isCancelled(error)) setGone(HUNG.reason, HUNG.hint)
        throw error
      }
      if (mine !== generation) {
        channel.close()
        return true
      }
      restarts = knownRestarts
      connection = fresh
      setState({ kind: 'ready', restarts })
      waiting.resolve(fresh)
      return true
    } catch {
      return false
    }
  }

  function onLost(error: AppError): void {
    connection = undefined
    waiting = withResolvers<Connection>()
    setState({ kind: 'restarting', reason: error.message })
    void connect()
  }

  /** Asks the host why a connection ended. The host may learn of a death a little later than the page. */
  async function whyLost(before: number): Promise<AppError> {
    const deadline = Date.now() + NOTICE_MS
    for (;;) {
      const answer = await transport.status()
      const died = deathIn(answer, before)
      if (died !== undefined) return died
      if (answer.kind !== 'ready' || Date.now() > deadline) {
        const message = 'The connection to the engine was lost.'
        return new AppError({ code: 'disconnected', message, hint: 'It comes back by itself; repeat the action then.' })
      }
      await sleep(ASK_AGAIN_MS)
    }
  }

  transport.onStatus?.((status) => {
    // The host knows of a death at once; whether a port notices that its other end died is up to the browser.
    if (connection !== undefined && (status.kind !== 'ready' || status.restarts !== restarts)) close?.()
    if (status.kind === 'ready') wakeRetry?.()
    else if (status.kind === 'gone' && connection === undefined && state.kind !== 'gone') {
      generation++
      setGone(status.reason, status.hint, 'engine-died')
    }
  })
  void connect()

  return {
    api: createApi(() => (connection === undefined ? ready() : Promise.resolve(connection)), opened),
    engine: () => state,
    onEngine(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    reconnect() {
      generation++
      if (state.kind === 'gone') setState({ kind: 'connecting' })
      // A hung engine does not end its connections by itself.
      void transport.restart().then(() => {
        if (connection === undefined) void connect()
        else close?.()
      })
    },
  }

  function ready(): Promise<Connection> {
    if (state.kind !== 'gone') return waiting.promise
    const { reason, hint } = state
    return Promise.reject(new AppError({ code: 'disconnected', message: reason, hint }))
  }
}

async function answersInTime(client: Client<Contract>): Promise<void> {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), FIRST_ANSWER_MS)
  await client.call('app.info', {}, { signal: controller.signal }).finally(() => clearTimeout(timer))
}

/** The error for an engine that died, when the host's answer says so. */
function deathIn(answer: HostAnswer, before: number): AppError | undefined {
  const hint = 'The engine is started again by itself. What ended it is not repeated; try it again only if you mean to.'
  if (answer.kind === 'restarting' || answer.kind === 'gone') {
    return new AppError({ code: 'engine-died', message: answer.reason, hint })
  }
  if (answer.kind !== 'ready' || answer.restarts === before) return undefined
  return new AppError({ code: 'engine-died', message: answer.lastReason ?? 'The engine ended unexpectedly.', hint })
}

interface Resolvers<T> {
  readonly promise: Promise<T>
  resolve(value: T): void
  reject(error: AppError): void
}

function withResolvers<T>(): Resolvers<T> {
  let resolve: (value: T) => void = () => undefined
  let reject: (error: AppError) => void = () => undefined
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue
    reject = onError
  })
  // Nobody may be waiting when it fails; that is no error.
  promise.catch(() => undefined)
  return { promise, resolve, reject }
}

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EngineStatus } from '#shared/model/engine-status.ts'
import { processChannel, superviseEngine, type EngineProcess } from './supervisor.ts'
import type { ProcessExit } from './supervisor/exit-reason.ts'
import type { FromEngine, ToEngine } from './supervisor/messages.ts'

interface FakeProcess extends EngineProcess {
  readonly sent: ToEngine[]
  killed: boolean
  say(message: FromEngine): void
  die(exit: ProcessExit): void
}

function fakeProcess(pid: number): FakeProcess {
  const onMessage: ((message: FromEngine) => void)[] = []
  const onExit: ((exit: ProcessExit) => void)[] = []
  const fake: FakeProcess = {
    pid,
    sent: [],
    killed: false,
    send: (message) => void fake.sent.push(message),
    kill: () => {
      fake.killed = true
      setTimeout(() => fake.die({ code: null, signal: 'SIGKILL' }), 1)
    },
    onMessage: (listener) => void onMessage.push(listener),
    onExit: (listener) => void onExit.push(listener),
    say: (message) => onMessage.forEach((listener) => listener(message)),
    die: (exit) => onExit.splice(0).forEach((listener) => listener(exit)),
  }
  return fake
}

const ABORT = { code: null, signal: 'SIGABRT' }
const PATHS = { dataDir: '/data', root: undefined }

function setUp() {
  const processes: FakeProcess[] = []
  const history: EngineStatus['kind'][] = []
  const roles: string[] = []
  let time = 0
  const supervisor = superviseEngine({
    spawn: (role) => {
      roles.push(role)
      const child = fakeProcess(100 + processes.length)
      processes.push(child)
      return child
    },
    appVersion: '1.2.3',
    paths: PATHS,
    now: () => time,
  })
  supervisor.onStatus((status) => history.push(status.kind))
  const last = (): FakeProcess => processes.at(-1)!
  const advance = (ms: number): void => {
    time += ms
    vi.advanceTimersByTime(ms)
  }
  return { supervisor, processes, roles, history, last, advance }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('superviseEngine', () => {
  it('starts an engine at once and tells it the facts', () => {
    const { supervisor, last } = setUp()
    expect(supervisor.status()).toEqual({ kind: 'ready', restarts: 0, pid: 100 })
    expect(last().sent).toEqual([
      { t: 'start', facts: { appVersion: '1.2.3', restarts: 0, lastExit: undefined }, paths: PATHS, startsJobs: true },
    ])
  })

  it('says what it starts a process for', () => {
    const { roles, last } = setUp()
    last().say({ t: 'job-start', id: 'a', request: { operation: 'maintenance.compact', input: {} } })
    expect(roles).toEqual(['engine', 'job'])
  })

  it('is back in the same instant after a death, and the next engine knows how the last one ended', () => {
    const { supervisor, processes, history, last } = setUp()
    last().die(ABORT)
    expect(processes).toHaveLength(2)
    expect(history).toEqual(['restarting', 'ready'])
    expect(supervisor.status()).toMatchObject({
      kind: 'ready',
      restarts: 1,
      lastReason: expect.stringContaining('SIGABRT'),
    })
    expect(last().sent[0]).toMatchObject({
      facts: { restarts: 1, lastExit: { reason: expect.stringContaining('SIGABRT') } },
    })
  })

  it('slows down when deaths repeat and gives up after five within a minute', () => {
    const { supervisor, processes, last, advance } = setUp()
    for (const wait of [0, 0, 250, 1000]) {
      last().die(ABORT)
      if (wait > 0) expect(supervisor.status().kind).toBe('restarting')
      advance(wait)
      expect(supervisor.status().kind).toBe('ready')
    }
    last().die(ABORT)
    advance(120_000)
    expect(supervisor.status()).toMatchObject({
      kind: 'gone',
      reason: expect.stringContaining('5 times within a minute'),
    })
    expect(supervisor.process()).toBeUndefined()
    expect(processes).toHaveLength(5)
  })

  it('forgets deaths that lie more than a minute back', () => {
    const { supervisor, last, advance } = setUp()
    for (let death = 0; death < 12; death++) {
      last().die(ABORT)
      advance(20_000)
    }
    expect(supervisor.status()).toMatchObject({ kind: 'ready', restarts: 12 })
  })

  it('starts again after it gave up when asked to, with a clean record', () => {
    const { supervisor, last, advance } = setUp()
    for (let death = 0; death < 5; death++) {
      last().die(ABORT)
      advance(1000)
    }
    expect(supervisor.status().kind).toBe('gone')
    supervisor.restart()
    expect(supervisor.status().kind).toBe('ready')
    last().die(ABORT)
    expect(supervisor.status().kind).toBe('ready')
  })

  it('replaces a hung engine on request without counting its end as a death', () => {
    const { supervisor, processes, last, advance } = setUp()
    const hung = last()
    supervisor.restart()
    expect(hung.killed).toBe(true)
    advance(10)
    expect(processes).toHaveLength(2)
    expect(supervisor.status()).toMatchObject({ kind: 'ready', restarts: 1 })
  })

  it('passes on messages of the running engine only', () => {
    const { supervisor, processes, last } = setUp()
    const heard: FromEngine[] = []
    supervisor.onMessage((message) => heard.push(message))
    const first = last()
    first.die(ABORT)
    first.say({ t: 'connections', count: 9 })
    processes[1]!.say({ t: 'connections', count: 1 })
    expect(heard).toEqual([{ t: 'connections', count: 1 }])
  })

  it('stops politely, then by force, and never restarts what it stopped', async () => {
    const { supervisor, processes, last, advance } = setUp()
    const stopped = supervisor.stop()
    expect(supervisor.stop()).toBe(stopped)
    expect(last().sent.at(-1)).toEqual({ t: 'stop' })
    expect(last().killed).toBe(false)
    advance(1600)
    advance(10)
    await stopped
    expect(last().killed).toBe(true)
    expect(processes).toHaveLength(1)
  })

  it('gives an engine that commits what streams have buffered the time for it', async () => {
    const { supervisor, last, advance } = setUp()
    const stopped = supervisor.stop()
    last().say({ t: 'committing' })
    advance(10_000)
    expect(last().killed).toBe(false)
    last().die({ code: 0, signal: null })
    await stopped
    expect(last().killed).toBe(false)
  })

  it('stops while waiting to restart', async () => {
    const { supervisor, processes, last, advance } = setUp()
    for (let death = 0; death < 3; death++) last().die(ABORT)
    expect(supervisor.status().kind).toBe('restarting')
    await supervisor.stop()
    advance(5000)
    expect(processes).toHaveLength(3)
  })
})

describe('processChannel', () => {
  it('carries messages until the process ends', () => {
    const child = fakeProcess(1)
    const channel = processChannel(child)
    const heard: unknown[] = []
    let closed = 0
    channel.onMessage((message) => heard.push(message))
    channel.onClose(() => closed++)
    channel.send({ t: 'call', id: 1, name: 'app.info', input: {} })
    child.say({ t: 'rpc', message: { t: 'ok', id: 1, value: 7 } })
    child.say({ t: 'ready' })
    expect(child.sent).toEqual([{ t: 'rpc', message: { t: 'call', id: 1, name: 'app.info', input: {} } }])
    expect(heard).toEqual([{ t: 'ok', id: 1, value: 7 }])
    child.die(ABORT)
    channel.send({ t: 'abort', id: 1 })
    expect(closed).toBe(1)
    expect(child.sent).toHaveLength(1)
  })
})

import { describe, expect, it } from 'vitest'
import type { EngineProcess } from '../supervisor.ts'
import type { ProcessExit } from './exit-reason.ts'
import { relayJobs } from './job-relay.ts'
import type { FromEngine, ToEngine } from './messages.ts'

function fakeProcess() {
  const onMessage: ((message: FromEngine) => void)[] = []
  const onExit: ((exit: ProcessExit) => void)[] = []
  const sent: ToEngine[] = []
  const kills: number[] = []
  const process: EngineProcess = {
    pid: 1,
    send: (message) => void sent.push(message),
    kill: () => void kills.push(1),
    onMessage: (listener) => void onMessage.push(listener),
    onExit: (listener) => void onExit.push(listener),
  }
  return {
    process,
    sent,
    kills,
    say: (message: FromEngine) => onMessage.forEach((listener) => listener(message)),
    die: (exit: ProcessExit) => onExit.forEach((listener) => listener(exit)),
  }
}

const FACTS = { appVersion: '1', restarts: 0, lastExit: undefined }
const PATHS = { dataDir: '/data', root: '/root' }
const REQUEST = { operation: 'search.recall', input: { k: 3 } } as const
const KILLED = { code: null, signal: 'SIGKILL' }

function setUp() {
  const engine = fakeProcess()
  const children: ReturnType<typeof fakeProcess>[] = []
  const relay = relayJobs(engine.process, {
    spawn: () => {
      const child = fakeProcess()
      children.push(child)
      return child.process
    },
    facts: FACTS,
    paths: PATHS,
  })
  return { engine, children, relay }
}

describe('relayJobs', () => {
  it('starts a process for a job, and carries what it tells and its end', () => {
    const { engine, children, relay } = setUp()
    expect(relay.take({ t: 'job-start', id: 'a', request: REQUEST })).toBe(true)
    expect(children[0]!.sent).toEqual([{ t: 'job', request: REQUEST, facts: FACTS, paths: PATHS }])
    children[0]!.say({ t: 'job-event', event: { kind: 'memory', rssBytes: 7 } })
    children[0]!.say({ t: 'ready' })
    children[0]!.die({ code: 0, signal: null })
    expect(engine.sent).toEqual([
      { t: 'job-event', id: 'a', event: { kind: 'memory', rssBytes: 7 } },
      { t: 'job-exit', id: 'a', exit: { code: 0, signal: null } },
    ])
  })

  it('ends only the process it is asked to end', () => {
    const { children, relay } = setUp()
    relay.take({ t: 'job-start', id: 'a', request: REQUEST })
    relay.take({ t: 'job-start', id: 'b', request: REQUEST })
    relay.take({ t: 'job-kill', id: 'b' })
    relay.take({ t: 'job-kill', id: 'nobody' })
    expect(children.map((child) => child.kills.length)).toEqual([0, 1])
  })

  it('ends all of them with their engine, which hears nothing more', () => {
    const { engine, children, relay } = setUp()
    relay.take({ t: 'job-start', id: 'a', request: REQUEST })
    relay.end()
    children[0]!.say({ t: 'job-event', event: { kind: 'memory', rssBytes: 7 } })
    children[0]!.die(KILLED)
    relay.take({ t: 'job-start', id: 'b', request: REQUEST })
    expect(children).toHaveLength(1)
    expect(children[0]!.kills).toHaveLength(1)
    expect(engine.sent).toEqual([])
  })

  it('leaves other messages to others', () => {
    const { relay } = setUp()
    expect(relay.take({ t: 'ready' })).toBe(false)
  })
})

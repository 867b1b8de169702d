import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EngineStatus } from '#shared/model/engine-status.ts'
import type { Channel, Message } from '#shared/rpc/message.ts'
import type { EngineState } from './host.ts'
import { openSession } from './session.ts'
import type { HostAnswer, Transport } from './transport.ts'

type Request = Extract<Message, { t: 'call' }>

/** An engine that answers what it knows at once and keeps everything else waiting. */
class FakeEngine {
  readonly asked: Request[] = []
  /** Dies as soon as it is asked to open this location. */
  deadlyLocation: string | undefined
  isSilent = false
  private receive: ((message: Message) => void) | undefined
  private closed: (() => void)[] = []
  onDeath: () => void = () => undefined

  readonly channel: Channel = {
    send: (message) => {
      if (message.t === 'call') setTimeout(() => this.take(message), 1)
    },
    onMessage: (handler) => {
      this.receive = handler
    },
    onClose: (handler) => void this.closed.push(handler),
    close: () => undefined,
  }

  take(request: Request): void {
    this.asked.push(request)
    if (this.isSilent) return
    if (request.name === 'app.info') return this.answer(request.id, {})
    if (request.name !== 'datasets.open') return
    const { location } = request.input as { readonly location: string }
    if (location === this.deadlyLocation) this.onDeath()
    else if (location === '/gone') {
      this.receive?.({
        t: 'error',
        id: request.id,
        error: { code: 'not-found', message: 'There is nothing at /gone.' },
      })
    } else this.answer(request.id, { dataset: `handle of ${location}` })
  }

  answer(id: number, value: unknown): void {
    this.receive?.({ t: 'ok', id, value })
  }

  cut(): void {
    for (const listener of this.closed) listener()
  }

  names(): readonly string[] {
    return this.asked.map(({ name, input }) => `${name} ${JSON.stringify(input)}`)
  }
}

const REASON = 'The engine was ended by SIGABRT.'

/** A host whose engines die on command and are replaced at once. */
function setUp(first: HostAnswer = { kind: 'ready', restarts: 0 }) {
  const engines: FakeEngine[] = []
  const history: EngineState[] = []
  let answer = first
  let push: (status: EngineStatus) => void = () => undefined
  let prepare: (engine: FakeEngine) => void = () => undefined
  const transport = {
    status: () => Promise.resolve(answer),
    open: () => {
      const engine = new FakeEngine()
      engine.onDeath = () => die(engine)
      prepare(engine)
      engines.push(engine)
      return Promise.resolve({ channel: engine.channel })
    },
    restart: vi.fn(() => Promise.resolve()),
    onStatus: (listener: (status: EngineStatus) => void) => {
      push = listener
    },
  } satisfies Transport
  function die(engine: FakeEngine): void {
    const restarts = answer.kind === 'ready' ? answer.restarts + 1 : 1
    answer = { kind: 'ready', restarts, lastReason: REASON }
    engine.cut()
  }
  const session = openSession(transport)
  session.onEngine((state) => history.push(state))
  return {
    session,
    engines,
    history,
    transport,
    last: () => engines.at(-1)!,
    die: () => die(engines.at(-1)!),
    setAnswer: (next: HostAnswer) => {
      answer = next
    },
    push: (status: EngineStatus) => push(status),
    prepare: (work: (engine: FakeEngine) => void) => {
      prepare = work
    },
  }
}

const settle = () => vi.advanceTimersByTimeAsync(2000)
const open = async (session: ReturnType<typeof openSession>, location: string) => {
  const opened = session.api.call('datasets.open', { location })
  await settle()
  return (await opened).dataset
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a session', () => {
  it('connects by itself, and calls made before that wait', async () => {
    const { session, last } = setUp()
    expect(session.engine()).toEqual({ kind: 'connecting' })
    const opened = session.api.call('datasets.open', { location: '/a' })
    await settle()
    expect(await opened).toEqual({ dataset: 'handle of /a' })
    expect(session.engine()).toEqual({ kind: 'ready', restarts: 0 })
    expect(last().names()).toEqual(['app.info {}', 'datasets.open {"location":"/a"}'])
  })

  it('fails what was in flight with the reason and never repeats it', async () => {
    const { session, engines, last, die } = setUp()
    await settle()
    const call = session.api.call('rows.count', { dataset: 'x' })
    const stream = session.api.stream('versions.list', { dataset: 'x' }).next()
    const outcomes = Promise.allSettled([call, stream])
    await settle()
    die()
    await settle()
    const died = { status: 'rejected', reason: expect.objectContaining({ code: 'engine-died', message: REASON }) }
    expect(await outcomes).toEqual([died, died])
    expect(engines).toHaveLength(2)
    expect(last().names()).toEqual(['app.info {}'])
  })

  it('opens what was open, and only that, before it is ready again', async () => {
    const { session, history, last, die } = setUp()
    await open(session, '/a')
    await open(session, '/b')
    await open(session, '/c')
    const closed = session.api.call('datasets.close', { dataset: 'handle of /b' })
    await vi.advanceTimersByTimeAsync(1)
    last().answer(last().asked.at(-1)!.id, {})
    await closed
    die()
    let openedWhenReady = 0
    session.onEngine((state) => {
      if (state.kind === 'ready') openedWhenReady = last().asked.length
    })
    await settle()
    expect(last().names()).toEqual([
      'app.info {}',
      'datasets.open {"location":"/a"}',
      'datasets.open {"location":"/c"}',
    ])
    expect(openedWhenReady).toBe(3)
    expect(history.map(({ kind }) => kind)).toEqual(['ready', 'restarting', 'ready'])
    expect(history[1]).toEqual({ kind: 'restarting', reason: REASON })
  })

  it('drops a dataset that kills the engine again, and says so where it is used', async () => {
    const { session, engines, prepare, last, die } = setUp()
    await open(session, '/fine')
    const deadly = await open(session, '/deadly')
    prepare((engine) => {
      engine.deadlyLocation = '/deadly'
    })
    die()
    await settle()
    expect(engines).toHaveLength(3)
    expect(session.engine().kind).toBe('ready')
    expect(last().names()).toEqual(['app.info {}', 'datasets.open {"location":"/fine"}'])
    await expect(session.api.call('rows.count', { dataset: deadly })).rejects.toMatchObject({
      code: 'engine-died',
      message: expect.stringContaining('Opening /deadly again ended the engine once more'),
    })
  })

  it('goes on without a dataset that cannot be opened any more', async () => {
    const { session, die, last } = setUp()
    await open(session, '/a')
    last().take = (request) => last().answer(request.id, { dataset: 'old handle' })
    const vanished = session.api.call('datasets.open', { location: '/gone' })
    await settle()
    await vanished
    die()
    await settle()
    expect(session.engine().kind).toBe('ready')
    await expect(session.api.call('rows.count', { dataset: 'old handle' })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('tells a lost line from a dead engine', async () => {
    const { session, engines, last } = setUp()
    await settle()
    const outcome = expect(session.api.call('rows.count', { dataset: 'x' })).rejects.toMatchObject({
      code: 'disconnected',
    })
    await settle()
    last().cut()
    await settle()
    await outcome
    expect(engines).toHaveLength(2)
    expect(session.engine()).toEqual({ kind: 'ready', restarts: 0 })
  })

  it('says when only a person can help, keeps trying, and comes back', async () => {
    const { session, last, setAnswer } = setUp()
    await settle()
    setAnswer({ kind: 'unreachable' })
    last().cut()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(session.engine()).toMatchObject({ kind: 'gone', reason: expect.stringContaining('cannot be reached') })
    await expect(session.api.call('app.info', {})).rejects.toMatchObject({ code: 'disconnected' })
    setAnswer({ kind: 'ready', restarts: 0 })
    await vi.advanceTimersByTimeAsync(5000)
    expect(session.engine().kind).toBe('ready')
  })

  it('stops at a refused link and says what to do', async () => {
    const { session } = setUp({ kind: 'refused', reason: 'Used before.', hint: 'Press Enter.' })
    await settle()
    expect(session.engine()).toEqual({ kind: 'gone', reason: 'Used before.', hint: 'Press Enter.' })
  })

  it('gives up with an engine that keeps dying until asked to try again', async () => {
    const { session, engines, last, setAnswer, transport } = setUp()
    await settle()
    setAnswer({ kind: 'gone', restarts: 5, reason: 'It ended 5 times.', hint: 'Start it again.' })
    last().cut()
    await settle()
    expect(session.engine()).toMatchObject({ kind: 'gone', reason: 'It ended 5 times.' })
    transport.restart.mockImplementation(() => {
      setAnswer({ kind: 'ready', restarts: 6 })
      return Promise.resolve()
    })
    session.reconnect()
    await settle()
    expect(session.engine()).toEqual({ kind: 'ready', restarts: 6 })
    expect(engines).toHaveLength(2)
  })

  it('notices a death by the host telling, when the channel itself stays silent', async () => {
    const { session, engines, setAnswer, push } = setUp()
    await settle()
    const outcome = expect(session.api.call('rows.count', { dataset: 'x' })).rejects.toMatchObject({
      code: 'engine-died',
    })
    await settle()
    const status = { kind: 'ready', restarts: 1, lastReason: REASON } as const
    setAnswer(status)
    push(status)
    await settle()
    await outcome
    expect(engines).toHaveLength(2)
  })

  it('says when an engine does not answer at all', async () => {
    const { session, prepare, die } = setUp()
    await settle()
    prepare((engine) => {
      engine.isSilent = true
    })
    die()
    await vi.advanceTimersByTimeAsync(15_000)
    expect(session.engine()).toMatchObject({ kind: 'gone', reason: 'The engine does not answer.' })
  })

  it('cancels a call that waits for a connection', async () => {
    const { session } = setUp({ kind: 'restarting', restarts: 0, reason: REASON })
    const controller = new AbortController()
    const call = session.api.call('app.info', {}, { signal: controller.signal })
    controller.abort()
    await expect(call).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('asks nothing of a stream that was left before it began', async () => {
    const { session, last } = setUp()
    const stream = session.api.stream('datasets.find', { location: '/' })
    const first = stream.next()
    await stream.return?.()
    await settle()
    expect(await first).toEqual({ done: true, value: undefined })
    expect(last().names()).toEqual(['app.info {}'])
  })
})

import type { EngineFacts, EnginePaths, JobRequest } from '../context.ts'
import type { EngineProcess } from '../supervisor.ts'
import type { FromEngine } from './messages.ts'

export interface JobRelayOptions {
  spawn(): EngineProcess
  readonly facts: EngineFacts
  readonly paths: EnginePaths
}

/** The job processes of one engine process. */
export interface JobRelay {
  /** Acts on a message of the engine about jobs; false when it is about something else. */
  take(message: FromEngine): boolean
  /** Job processes that run now. */
  count(): number
  /** Kills every job process and starts no more. */
  end(): void
}

/**
 * Starts and ends the processes of jobs for an engine, which cannot start any itself in the packaged app, and carries
 * messages between them. They are of the same file as the engine; their first message makes the difference.
 */
export function relayJobs(engine: EngineProcess, { spawn, facts, paths }: JobRelayOptions): JobRelay {
  const processes = new Map<string, EngineProcess>()
  let isOver = false

  function start(id: string, request: JobRequest): void {
    if (isOver || processes.has(id)) return
    const child = spawn()
    processes.set(id, child)
    child.onMessage((message) => {
      if (!isOver && message.t === 'job-event') engine.send({ t: 'job-event', id, event: message.event })
    })
    child.onExit((exit) => {
      processes.delete(id)
      if (!isOver) engine.send({ t: 'job-exit', id, exit })
    })
    child.send({ t: 'job', request, facts, paths })
  }

  return {
    take(message) {
      if (message.t === 'job-start') start(message.id, message.request)
      else if (message.t === 'job-kill') processes.get(message.id)?.kill()
      else return message.t === 'job-event'
      return true
    },
    count: () => processes.size,
    end() {
      isOver = true
      for (const child of processes.values()) child.kill()
    },
  }
}

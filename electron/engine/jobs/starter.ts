import { randomUUID } from 'node:crypto'
import type { JobListener, JobProcessEvent, JobRequest, StartJob } from '../context.ts'

/** How the engine asks its host for job processes. */
export interface JobDoor {
  start(id: string, request: JobRequest): void
  kill(id: string): void
}

export interface JobStarter {
  readonly startJob: StartJob
  /** What the host tells of the processes it started. */
  onEvent(id: string, event: JobProcessEvent): void
  onExit(id: string, reason: string): void
}

/** Job processes started by way of the host, which knows them by ids made here. */
export function createJobStarter(door: JobDoor): JobStarter {
  const listeners = new Map<string, JobListener>()
  return {
    startJob(request, listener) {
      const id = randomUUID()
      listeners.set(id, listener)
      door.start(id, request)
      return { kill: () => door.kill(id) }
    },
    onEvent: (id, event) => listeners.get(id)?.onEvent(event),
    onExit(id, reason) {
      const listener = listeners.get(id)
      listeners.delete(id)
      listener?.onExit(reason)
    },
  }
}

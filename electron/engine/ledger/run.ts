import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isAlive } from '../store/file-lock.ts'

/** A run of the engine: which process began a write, told apart from a later one with the same process id. */
export interface Run {
  readonly id: string
  readonly pid: number
  /** When the process started as the system counts it; absent where it does not tell. */
  readonly start?: string | undefined
}

/** This process. */
export const thisRun: Run = { id: randomUUID(), pid: process.pid, start: startOf(process.pid) }

/** Whether the process of a run still lives, so that what it began may still end. */
export function isRunning({ id, pid, start }: Run): boolean {
  if (id === thisRun.id) return true
  if (pid === process.pid || !isAlive(pid)) return false
  const now = startOf(pid)
  return now === undefined || start === undefined || now === start
}

/** Field 22 of Linux's `/proc/<pid>/stat`; the name in field 2 may contain anything, so it is counted from its end. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}

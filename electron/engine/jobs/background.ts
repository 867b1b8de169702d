import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

/** A twentieth of what the window gets where both want the processor. */
const NICE = constants.priority.PRIORITY_BELOW_NORMAL + 3
/** A tenth of what any other session gets: on a machine that is always busy a job must still come to its end. */
const SESSION_NICE = 10
/** The kernel refuses a second change of any session within a tenth of a second. */
const SESSION_TRIES = 5
const SESSION_WAIT_MS = 150

/**
 * Puts this process behind others for the processor, and on Linux for the disk with it. Never fails: not every system lets
 * a process do that, and a job runs all the same.
 */
export async function toBackground(): Promise<void> {
  for (const thread of ownThreads()) attempt(() => setPriority(thread, NICE))
  if (process.platform !== 'linux' || !leadsSession()) return
  for (let tries = 0; tries < SESSION_TRIES; tries++) {
    if (attempt(() => writeFileSync('/proc/self/autogroup', `${SESSION_NICE}`)) !== 'EAGAIN') return
    await sleep(SESSION_WAIT_MS)
  }
}

/** Linux keeps a priority for each thread: those to come inherit it, those that are there must be told. 0 = the process. */
function ownThreads(): readonly number[] {
  if (process.platform !== 'linux') return [0]
  try {
    return readdirSync('/proc/self/task').map(Number)
  } catch {
    return [0]
  }
}

/**
 * Whether this process was started in a session of its own. Linux shares the processor out between sessions first and
 * heeds the priorities of threads only within each, so that a browser would be held up by the job of an app beside it.
 */
function leadsSession(): boolean {
  try {
    return sessionOf(readFileSync('/proc/self/stat', 'utf8')) === process.pid
  } catch {
    return false
  }
}

/** Session id in the text of `/proc/<pid>/stat`. The name in its second field may contain anything. */
export function sessionOf(stat: string): number {
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3])
}

/** Does something that may be refused; the code it was refused with. */
function attempt(action: () => void): string | undefined {
  try {
    action()
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown'
  }
}

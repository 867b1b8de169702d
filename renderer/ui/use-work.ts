import { useState } from 'react'
import { type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'

/** Work asked for in a dialog that stays open until it is done. */
export interface Work {
  readonly isWorking: boolean
  /** Why it failed last; shown where it was asked for. */
  readonly error: ErrorValue | null
  /** Does nothing while something is at work. */
  run(work: () => Promise<unknown>): void
}

/** Runs one piece of work at a time and keeps why the last one failed. */
export function useWork(): Work {
  const [isWorking, setWorking] = useState(false)
  const [error, setError] = useState<ErrorValue | null>(null)
  const start = async (work: () => Promise<unknown>): Promise<void> => {
    setWorking(true)
    setError(null)
    try {
      await work()
    } catch (thrown) {
      if (!isCancelled(thrown)) setError(toErrorValue(thrown))
    } finally {
      setWorking(false)
    }
  }
  return {
    isWorking,
    error,
    run: (work) => {
      if (!isWorking) void start(work)
    },
  }
}

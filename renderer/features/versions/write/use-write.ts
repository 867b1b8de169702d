import { useState } from 'react'
import { type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'

/** A write while its dialog is open. */
export interface Write {
  readonly isWorking: boolean
  /** Why it failed last; shown where it was asked for. */
  readonly error: ErrorValue | null
  run(): void
}

/** Runs a write once at a time; `onDone` follows success only. */
export function useWrite(write: () => Promise<unknown>, onDone: () => void): Write {
  const [isWorking, setWorking] = useState(false)
  const [error, setError] = useState<ErrorValue | null>(null)
  const start = async (): Promise<void> => {
    setWorking(true)
    setError(null)
    try {
      await write()
      onDone()
    } catch (thrown) {
      if (!isCancelled(thrown)) setError(toErrorValue(thrown))
    } finally {
      setWorking(false)
    }
  }
  return {
    isWorking,
    error,
    run: () => {
      if (!isWorking) void start()
    },
  }
}

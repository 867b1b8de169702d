import { useState } from 'react'
import { type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'

/** A short write while its dialog is open. */
export interface Step {
  readonly isWorking: boolean
  readonly error: ErrorValue | null
  run(): void
}

/** Runs a write once at a time; `onDone` follows success only, a failure stays in the dialog. */
export function useStep(write: () => Promise<unknown>, onDone: () => void): Step {
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

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startIdleTimer } from './idle.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const MINUTE = 60_000

it('ends what nobody ever came to', () => {
  const onIdle = vi.fn()
  startIdleTimer(2, onIdle)
  vi.advanceTimersByTime(2 * MINUTE - 1)
  expect(onIdle).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(onIdle).toHaveBeenCalledOnce()
})

it('waits while somebody is there, and starts anew when the last one leaves', () => {
  const onIdle = vi.fn()
  const timer = startIdleTimer(1, onIdle)
  timer.update(2)
  vi.advanceTimersByTime(10 * MINUTE)
  timer.update(1)
  vi.advanceTimersByTime(10 * MINUTE)
  timer.update(0)
  vi.advanceTimersByTime(MINUTE - 1)
  timer.update(1)
  timer.update(0)
  vi.advanceTimersByTime(MINUTE - 1)
  expect(onIdle).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(onIdle).toHaveBeenCalledOnce()
})

it('never fires once stopped', () => {
  const onIdle = vi.fn()
  startIdleTimer(1, onIdle).stop()
  vi.advanceTimersByTime(10 * MINUTE)
  expect(onIdle).not.toHaveBeenCalled()
})

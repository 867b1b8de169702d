import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { parseWhole } from './whole.ts'

/** Bounds of the ceiling that is typed, in MB. Below the least no job of a dataset gets anywhere. */
export const MEMORY_LEAST_MB = 100
export const MEMORY_MOST_MB = 4_000_000

/** Bytes of a typed ceiling: undefined = none was typed, null = it is none. */
export function parseMemory(text: string): number | undefined | null {
  if (text.trim() === '') return undefined
  const megabytes = parseWhole(text, MEMORY_LEAST_MB, MEMORY_MOST_MB)
  return megabytes === undefined ? null : megabytes * 1e6
}

/** What was typed last, for every dataset; forgotten with the window. */
const store = createStore<{ readonly text: string }>(() => ({ text: '' }))

export function useMemoryText(): string {
  return useStore(store, ({ text }) => text)
}

export function setMemoryText(text: string): void {
  store.setState({ text })
}

/** The ceiling of the jobs started from here, as their input has it. */
export function memoryCeiling(): { readonly maxMemoryBytes?: number } {
  const bytes = parseMemory(store.getState().text)
  return bytes === undefined || bytes === null ? {} : { maxMemoryBytes: bytes }
}

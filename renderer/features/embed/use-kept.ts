import { useState } from 'react'

/** The newest value there was: a dialog stays as it is while what it shows is read anew for the version it made. */
export function useKept<T>(value: T | undefined): T | undefined {
  const [kept, setKept] = useState(value)
  if (value !== undefined && value !== kept) setKept(value)
  return value ?? kept
}

/** How a process ended. Electron reports only a code, Node a code or a signal. */
export interface ProcessExit {
  readonly code: number | null
  readonly signal: string | null
}

/**
 * Codes that stand for a signal: the raw wait status (6, and 134 with the core bit), a shell's 128 + n, and what Windows
 * says for an abort and an access violation. The engine itself never exits with any of these.
 */
const SIGNAL_OF_CODE: Readonly<Record<number, string>> = {
  6: 'SIGABRT',
  134: 'SIGABRT',
  3221226505: 'SIGABRT',
  [-1073740791]: 'SIGABRT',
  9: 'SIGKILL',
  137: 'SIGKILL',
  11: 'SIGSEGV',
  139: 'SIGSEGV',
  3221225477: 'SIGSEGV',
  [-1073741819]: 'SIGSEGV',
  15: 'SIGTERM',
  143: 'SIGTERM',
}

const MEANING: Readonly<Record<string, string>> = {
  SIGABRT: 'as happens when a corrupt file asks for more memory than there is',
  SIGSEGV: 'as happens when native code meets data it cannot handle',
  SIGBUS: 'as happens when a file shrinks while it is being read',
  SIGKILL: 'as happens when the system runs out of memory or somebody ends the process',
  SIGTERM: 'somebody asked it to end',
}

/** One sentence for people on why an engine process, or another one that is named, is gone. */
export function exitReason(exit: ProcessExit, name = 'The engine'): string {
  const signal = exit.signal ?? (exit.code === null ? undefined : SIGNAL_OF_CODE[exit.code])
  if (signal === undefined) {
    return exit.code === null || exit.code === 0
      ? `${name} ended unexpectedly.`
      : `${name} ended unexpectedly with code ${exit.code}.`
  }
  const meaning = MEANING[signal]
  return meaning === undefined ? `${name} was ended by ${signal}.` : `${name} was ended by ${signal}, ${meaning}.`
}

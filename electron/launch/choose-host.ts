/** What was asked for and what this machine can do. */
export interface HostFacts {
  readonly asked: 'desktop' | 'browser' | 'best'
  /** Path of the Electron binary. */
  readonly electron: string | undefined
  readonly display: boolean
  /** Why Chromium's sandbox cannot start, if so. */
  readonly sandboxProblem: string | undefined
  /** Set when an option only the browser host knows was given. */
  readonly browserOnlyOption: string | undefined
}

export type HostChoice =
  | { readonly kind: 'desktop'; readonly electron: string }
  | { readonly kind: 'browser'; readonly why: string }
  | { readonly kind: 'impossible'; readonly why: string }

/** Desktop when it can be shown, else the browser host, with the reason in words. */
export function chooseHost(facts: HostFacts): HostChoice {
  if (facts.asked === 'browser') return { kind: 'browser', why: 'asked for with --browser' }
  if (facts.asked === 'best' && facts.browserOnlyOption !== undefined) {
    return { kind: 'browser', why: `${facts.browserOnlyOption} was given` }
  }
  const problem =
    facts.electron === undefined
      ? 'the Electron binary is not installed (npx install-electron would fetch it)'
      : !facts.display
        ? 'there is no display'
        : facts.sandboxProblem
  if (problem === undefined && facts.electron !== undefined) return { kind: 'desktop', electron: facts.electron }
  const why = problem ?? 'the Electron binary is not installed'
  return facts.asked === 'desktop' ? { kind: 'impossible', why } : { kind: 'browser', why }
}

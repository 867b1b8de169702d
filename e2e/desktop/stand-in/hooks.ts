interface Resolved {
  readonly url: string
  readonly shortCircuit?: boolean
}

/** Module resolution hook: everything is found as usual, but `electron` is the file beside this one. */
export function resolve(
  specifier: string,
  context: unknown,
  next: (specifier: string, context: unknown) => Promise<Resolved>,
): Promise<Resolved> | Resolved {
  if (specifier !== 'electron') return next(specifier, context)
  return { url: new URL('./electron.mjs', import.meta.url).href, shortCircuit: true }
}

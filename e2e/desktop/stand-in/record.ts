/** What the app did to the outside world, for tests to look at. */
export const record = {
  openedExternally: [] as string[],
  preventedNavigations: [] as string[],
  sandboxEnabled: false,
  schemes: [] as unknown[],
  /** Options of every window that was created. */
  windows: [] as { readonly width?: number; readonly height?: number; readonly x?: number; readonly y?: number }[],
  maximized: 0,
  shown: 0,
  enginePids: [] as number[],
  /** Messages of the questions asked. */
  questions: [] as string[],
}

import { decodePage, exactValue } from '#shared/model/arrow/index.ts'
import type { Api } from '#renderer/bridge/index.ts'

/** What the window offers on its developer console, for people who want to ask the engine something by hand. */
export interface ConsoleApi {
  readonly api: Api
  readonly decodePage: typeof decodePage
  readonly exactValue: typeof exactValue
}

/** `await tiltyard.api.call('app.info', {})` in the console; the benchmarks measure through the same door. */
export function offerOnConsole(api: Api): void {
  const offered: ConsoleApi = { api, decodePage, exactValue }
  Object.assign(globalThis, { tiltyard: Object.freeze(offered) })
}

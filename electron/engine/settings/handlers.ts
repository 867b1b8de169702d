import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { openSettings } from './settings-file.ts'

/** Settings the app remembers between starts. */
export function createSettingsHandlers({
  paths,
  log,
}: EngineContext): Pick<Handlers<Contract>, 'settings.get' | 'settings.set'> {
  const settings = openSettings(paths.dataDir, log)
  return {
    'settings.get': async ({ key }) => ({ value: await settings.get(key) }),
    'settings.set': async ({ key, value }) => {
      await settings.set(key, value)
      return {}
    },
  }
}

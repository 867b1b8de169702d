import type { Input } from '#shared/contract/index.ts'
import { getApi } from './host.ts'

/** JSON that may be saved as a setting. */
export type SettingValue = Input<'settings.set'>['value']

/** A saved setting, or null when it was never saved or cannot be read. Outside data: parse before use. */
export async function readSetting(key: string): Promise<unknown> {
  try {
    return (await getApi().call('settings.get', { key })).value
  } catch {
    return null
  }
}

/** Saves a setting; null removes it. Losing one is not worth interrupting anybody: the next change saves again. */
export async function writeSetting(key: string, value: SettingValue): Promise<void> {
  await getApi()
    .call('settings.set', { key, value })
    .catch(() => undefined)
}

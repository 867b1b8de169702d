import { z } from 'zod'
import { call } from './define.ts'

/** What `app.info` answers. */
export interface AppInfo {
  readonly name: string
  readonly version: string
  readonly enginePid: number
  readonly node: string
  readonly lancedb: string
  /** Folder for settings, the sample and links; next to a person's datasets lies nothing but the trash they moved some into. */
  readonly dataDir: string
  /** Name of the machine whose files are shown; matters when the browser runs elsewhere. */
  readonly hostname: string
  readonly platform: string
  /** Times the engine was started again after it died, since the host started. */
  readonly restarts: number
  /** How the engine ended before this one, in words; absent on the first start. */
  readonly lastExit?: { readonly reason: string; readonly at: string }
}

export const app = {
  'app.info': call<AppInfo>()('Versions, folders and process facts of the running app.', z.strictObject({})),
  'settings.get': call<{ value: unknown }>()(
    'A saved setting; null when it was never saved.',
    z.strictObject({ key: z.string().regex(/^[a-z][a-z0-9-]{0,40}(:[A-Za-z0-9._-]{1,80})?$/) }),
  ),
  'settings.set': call<Record<string, never>>()(
    'Saves a setting (JSON, up to 256 kB); null removes it.',
    z.strictObject({ key: z.string().regex(/^[a-z][a-z0-9-]{0,40}(:[A-Za-z0-9._-]{1,80})?$/), value: z.json() }),
  ),
} as const

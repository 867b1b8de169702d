import { z } from 'zod'
import { location } from './common.ts'
import { call } from './define.ts'

export interface DirectoryEntry {
  readonly name: string
  /** Absolute path. */
  readonly path: string
  readonly kind: 'dataset' | 'directory' | 'file'
}

export interface DirectoryListing {
  /** The listed directory, absolute and with links resolved. */
  readonly path: string
  /** Null at a root. */
  readonly parent: string | null
  readonly entries: readonly DirectoryEntry[]
  /** True when there are more entries than the cap of 2,000. */
  readonly truncated: boolean
}

export const files = {
  'files.roots': call<readonly { readonly name: string; readonly path: string }[]>()(
    'Places to start browsing from: home, working directory, file system roots, or the one allowed root.',
    z.strictObject({}),
  ),
  'files.list': call<DirectoryListing>()(
    'Sub-folders and datasets of a folder on the machine the engine runs on.',
    z.strictObject({ directory: location, hidden: z.boolean().optional() }),
  ),
  'files.complete': call<readonly DirectoryEntry[]>()(
    'Folders, and files where asked for, that continue a partly typed path; `~` is the home folder.',
    z.strictObject({ text: z.string().max(4096), files: z.boolean().optional() }),
  ),
} as const

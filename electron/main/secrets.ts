import type { SafeStorage } from 'electron'

/** Whether and how secrets can be kept on this machine. */
export type SecretStorage =
  | { readonly kind: 'key-store' }
  /** Nothing here protects them: they may be kept in memory only, and the person must be told. */
  | { readonly kind: 'memory-only'; readonly reason: string }

/** The system's key store, used only where it really encrypts. Secrets never go to a page. */
export interface Secrets {
  storage(): Promise<SecretStorage>
  /** Encrypted for keeping in a file; undefined when it must not be kept. */
  seal(secret: string): Promise<Uint8Array | undefined>
  /** The secret back; undefined when it cannot be decrypted here (any more). `resealed` is to be kept instead, if given. */
  open(sealed: Uint8Array): Promise<{ readonly secret: string; readonly resealed: Uint8Array | undefined } | undefined>
}

type Storage = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>

/** Wraps Electron's safeStorage. On Linux it may silently use a key everyone knows; that counts as no encryption. */
export function createSecrets(storage: Storage, platform: NodeJS.Platform): Secrets {
  const storageKind = async (): Promise<SecretStorage> => {
    if (!(await storage.isAsyncEncryptionAvailable())) {
      return { kind: 'memory-only', reason: 'The system offers no key store.' }
    }
    if (platform === 'linux' && ['basic_text', 'unknown'].includes(storage.getSelectedStorageBackend())) {
      return { kind: 'memory-only', reason: 'No key ring (such as GNOME Keyring or KWallet) is running.' }
    }
    return { kind: 'key-store' }
  }
  return {
    storage: storageKind,
    async seal(secret) {
      if ((await storageKind()).kind !== 'key-store') return undefined
      return new Uint8Array(await storage.encryptStringAsync(secret))
    },
    async open(sealed) {
      if ((await storageKind()).kind !== 'key-store') return undefined
      try {
        const { result, shouldReEncrypt } = await storage.decryptStringAsync(Buffer.from(sealed))
        const resealed = shouldReEncrypt ? new Uint8Array(await storage.encryptStringAsync(result)) : undefined
        return { secret: result, resealed }
      } catch {
        return undefined
      }
    },
  }
}

import { describe, expect, it } from 'vitest'
import { createSecrets } from './secrets.ts'

/** A key store that "encrypts" by reversing. */
function storage(backend = 'gnome_libsecret', options: { available?: boolean; rotated?: boolean } = {}) {
  const reverse = (text: string) =>
    Buffer.from(text)
      .toReversed()
      .reduce((all, byte) => all + String.fromCharCode(byte), '')
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(options.available ?? true),
    encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(reverse(text))),
    decryptStringAsync: (sealed: Buffer) =>
      sealed.length === 0
        ? Promise.reject(new Error('not ours'))
        : Promise.resolve({ result: reverse(sealed.toString()), shouldReEncrypt: options.rotated ?? false }),
    getSelectedStorageBackend: () => backend as 'gnome_libsecret',
  }
}

describe('createSecrets', () => {
  it('seals and opens where there is a key store', async () => {
    const secrets = createSecrets(storage(), 'linux')
    const sealed = await secrets.seal('s3cret')
    expect(Buffer.from(sealed!).toString()).toBe('terc3s')
    expect(await secrets.open(sealed!)).toEqual({ secret: 's3cret', resealed: undefined })
    expect(await secrets.open(new Uint8Array())).toBeUndefined()
  })
  it('gives a fresh seal after a key was rotated', async () => {
    const opened = await createSecrets(storage('kwallet6', { rotated: true }), 'linux').open(Buffer.from('ba'))
    expect(Buffer.from(opened!.resealed!).toString()).toBe('ba')
  })
  it.each([
    ['linux', storage('basic_text')],
    ['linux', storage('unknown')],
    ['darwin', storage('unknown', { available: false })],
  ] as const)('keeps nothing on %s where nothing protects it', async (platform, store) => {
    const secrets = createSecrets(store, platform)
    expect(await secrets.storage()).toMatchObject({ kind: 'memory-only', reason: expect.any(String) })
    expect(await secrets.seal('x')).toBeUndefined()
    expect(await secrets.open(Buffer.from('x'))).toBeUndefined()
  })
  it('trusts other platforms that say they encrypt', async () => {
    expect(await createSecrets(storage('unknown'), 'darwin').storage()).toEqual({ kind: 'key-store' })
  })
})

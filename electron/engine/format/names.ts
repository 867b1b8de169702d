const U64_MAX = 18446744073709551615n
const SUFFIX = '.manifest'
/** Twenty digits and the suffix: the length that tells inverted (V2) names from plain (V1) ones. */
const V2_LENGTH = 20 + SUFFIX.length

export type ManifestName =
  | { readonly kind: 'version'; readonly version: number; readonly scheme: 'v1' | 'v2' }
  /** Not part of any history. */
  | { readonly kind: 'detached' }

/**
 * What a file name in `_versions/` says; undefined for hints, temporary files and strangers.
 * V2 names count down from 2^64 - 1 so that a plain listing shows the newest first; V1 names are the number itself.
 */
export function parseManifestName(name: string): ManifestName | undefined {
  const match = /^(d?)(\d{1,20})\.manifest$/.exec(name)
  if (match?.[2] === undefined) return undefined
  if (match[1] === 'd') return { kind: 'detached' }
  const scheme = name.length === V2_LENGTH ? 'v2' : 'v1'
  const digits = BigInt(match[2])
  const version = Number(scheme === 'v2' ? U64_MAX - digits : digits)
  return Number.isSafeInteger(version) && version >= 0 ? { kind: 'version', version, scheme } : undefined
}

/** File name of a version's manifest. */
export function formatManifestName(version: number, scheme: 'v1' | 'v2'): string {
  if (scheme === 'v1') return `${version}${SUFFIX}`
  return `${(U64_MAX - BigInt(version)).toString().padStart(20, '0')}${SUFFIX}`
}

/** Folder of a branch inside the dataset; empty for main. */
export function branchFolder(branch: string | undefined): string {
  return branch === undefined ? '' : `tree/${branch}`
}

/** Joins path parts with `/`, leaving out empty ones. */
export function joinPath(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('/')
}

/** Name of a deletion file: `{fragment}-{read version}-{id}` with the suffix its content type asks for. */
export function deletionFileName(
  fragment: number,
  file: { readonly type: 'arrow' | 'bitmap'; readonly readVersion: number; readonly id: bigint },
): string {
  return `${fragment}-${file.readVersion}-${file.id}.${file.type === 'arrow' ? 'arrow' : 'bin'}`
}

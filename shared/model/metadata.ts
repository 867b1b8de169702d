/**
 * Decoded metadata as a plain tree: a protobuf message or JSON document with Lance's own field names. 64-bit numbers are
 * strings of digits; bytes are `0x…`, cut after 64 with their length; a field this build does not know is kept under
 * `unknown field N`; a repeated field longer than the cap ends with a text saying how many entries were left out.
 */
export type MetadataTree =
  null | boolean | number | string | readonly MetadataTree[] | { readonly [name: string]: MetadataTree }

/** A run of versions that follow each other among those that still exist; both ends inclusive. */
export interface VersionRange {
  /** Absent = main. */
  readonly branch?: string
  readonly from: number
  readonly to: number
}

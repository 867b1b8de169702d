/** One difference between the schemas of two versions. Names are dotted paths. */
export type SchemaChange =
  | { readonly kind: 'added'; readonly name: string; readonly type: string }
  | { readonly kind: 'dropped'; readonly name: string; readonly type: string }
  | { readonly kind: 'renamed'; readonly name: string; readonly from: string }
  | { readonly kind: 'retyped'; readonly name: string; readonly from: string; readonly to: string }
  | { readonly kind: 'nullable'; readonly name: string; readonly nullable: boolean }
  | { readonly kind: 'metadata'; readonly name: string; readonly changes: readonly EntryChange[] }

/** One difference between two maps of text. Null before = added; null after = removed. */
export interface EntryChange {
  readonly key: string
  readonly before: string | null
  readonly after: string | null
}

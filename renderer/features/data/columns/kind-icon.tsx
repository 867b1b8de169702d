import {
  Binary,
  Boxes,
  Braces,
  Calendar,
  CaseSensitive,
  CircleHelp,
  Clock,
  Fingerprint,
  Hash,
  List,
  ToggleLeft,
  Type,
} from 'lucide-react'
import type { ComponentType } from 'react'
import type { FieldKind } from '#shared/model/schema.ts'

const ICONS: Readonly<
  Record<FieldKind, ComponentType<{ readonly className?: string | undefined; readonly 'aria-hidden'?: boolean }>>
> = {
  null: CircleHelp,
  boolean: ToggleLeft,
  integer: Hash,
  float: Hash,
  decimal: Hash,
  string: Type,
  binary: Binary,
  date: Calendar,
  time: Clock,
  timestamp: Clock,
  duration: Clock,
  vector: Boxes,
  list: List,
  struct: Braces,
  map: Braces,
  dictionary: CaseSensitive,
  json: Braces,
  blob: Binary,
  uuid: Fingerprint,
  unknown: CircleHelp,
}

/** Small picture of a column's type. The type is always written beside it. */
export function KindIcon({ kind, className }: { readonly kind: FieldKind; readonly className?: string | undefined }) {
  const Icon = ICONS[kind]
  return <Icon className={className} aria-hidden />
}

import type { ReactNode } from 'react'

/** One line of a menu or context menu. */
export type MenuItem =
  | {
      readonly kind?: 'action'
      readonly id: string
      readonly label: string
      readonly icon?: ReactNode
      readonly shortcut?: string
      /** Small grey text at the end. */
      readonly note?: string
      /** Present for items that are on or off. */
      readonly checked?: boolean
      readonly disabled?: boolean
      readonly danger?: boolean
      run(): void
    }
  | { readonly kind: 'separator'; readonly id: string }
  | { readonly kind: 'label'; readonly id: string; readonly label: string }

import type { ComponentType } from 'react'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import type { Ref } from '#shared/model/ref.ts'

/** One open dataset in the window. */
export interface DatasetTab {
  /** The dataset's handle, also the tab's identity. */
  readonly dataset: string
  readonly location: string
  readonly name: string
  /** Branch shown; absent = main. */
  readonly branch?: string
  /** The version every view of this tab reads. Stays until the person travels or refreshes. */
  readonly version: number
  /** Newest version known of this branch; higher than `version` when looking back or when others committed. */
  readonly latestVersion: number
  /** True while the person looks at an older version on purpose (tinted frame, read-only). */
  readonly timeTravel: boolean
  /** Id of the feature view in front: `data`, `versions`, `fragments`. */
  readonly view: string
}

/** What a feature's view is given; `at` goes into every read as `ref`. */
export interface ViewProps {
  readonly tab: DatasetTab
  readonly at: Ref
  readonly summary: DatasetSummary
}

/** A row of one version of a dataset. */
export interface RowAt {
  readonly dataset: string
  readonly branch?: string
  readonly version: number
  readonly rowId: string
}

/** The row whose history is shown, in the version it was asked for: travelling along the history leaves it as it is. */
export interface RowHistoryTarget {
  readonly row: RowAt
  /** Limits the history to what happened to one column. */
  readonly column?: string
}

/** The dataset a row is of that is shown in the tab of another one, such as a bucket of a queue. */
export interface RowOwner {
  readonly dataset: string
  readonly location: string
  readonly version: number
  /** What people call it, such as `bucket_1`. */
  readonly name: string
  /** 0-based in that version. */
  readonly row: number
  /** Name by which the view that shows it announces its rows. */
  readonly view: string
}

/** What the inspector on the right shows. */
export type InspectorTarget =
  | {
      readonly kind: 'row'
      readonly rowId: string
      /** 0-based in the view it was chosen in; null for a row that was reached by its id. */
      readonly rowNumber: number | null
      readonly column?: string
      /** Present where the row is of another dataset than the tab's. */
      readonly of?: RowOwner
      /** Stretches of text to be marked, by column: UTF-16 ranges [start, end), ascending. */
      readonly marks?: Readonly<Record<string, readonly (readonly [number, number])[]>>
      /** Present while the row's history is in front. */
      readonly history?: RowHistoryTarget
    }
  /** A row that differs between two states. */
  | {
      readonly kind: 'row-change'
      /** 0-based among the rows of its kind of change. */
      readonly rowNumber: number
      /** The row on either side; null where it does not exist. */
      readonly from: RowAt | null
      readonly to: RowAt | null
      /** Columns whose values differ. */
      readonly changed: readonly string[]
      /** True when field ids mean the same columns on both sides; else names do. */
      readonly areFieldsById: boolean
      readonly column?: string
    }
  | { readonly kind: 'version'; readonly version: number }
  | { readonly kind: 'fragment'; readonly fragmentId: number }

/** One action; menus, palette and keys are all made from these. */
export interface Command {
  readonly id: string
  readonly title: string
  /** Such as `Mod+K`; Mod is Ctrl, or Cmd on macOS. */
  readonly shortcut?: string
  readonly group: string
  readonly isAvailable?: () => boolean
  run(): void
}

/** A feature's public declaration, collected by `renderer/app/registry.ts`. */
export interface Feature {
  readonly id: string
  readonly title: string
  /** Tab of a dataset, in registry order; absent for features without one. */
  readonly view?: ComponentType<ViewProps>
  /** False for datasets the view has nothing to say of: they have no such tab. Absent = every dataset has it. */
  readonly appliesTo?: (tab: DatasetTab) => boolean
  /** True where the view is of all versions: it stays when the one on screen cannot be read, with an older `summary`. */
  readonly isOfAllVersions?: boolean
  /** Short figure shown on the tab; `summary` is of the version on screen, `tab` knows the newest one. */
  readonly badge?: (summary: DatasetSummary, tab: DatasetTab) => string | undefined
  readonly commands?: () => readonly Command[]
}

import type { ColumnInFile, DataFileDetails, FragmentDetails } from '#shared/model/fragment-details.ts'
import type { DataFileEntry, FragmentEntry } from '#shared/model/fragment.ts'

/** One line of the list of files and what lies in them. */
export type FileRow =
  | {
      readonly kind: 'file'
      readonly path: string
      readonly file: DataFileEntry
      readonly details: DataFileDetails | undefined
    }
  | { readonly kind: 'problem'; readonly path: string; readonly details: DataFileDetails }
  | {
      readonly kind: 'column'
      readonly path: string
      readonly column: ColumnInFile
      /** Largest column of the fragment, for the length of bars. */
      readonly largest: number
    }
  /** A column the manifest names while its bytes are not known: not read yet, or not readable. */
  | { readonly kind: 'name'; readonly path: string; readonly name: string }

/** Files of a fragment as the manifest lists them, each with its columns: sizes and encodings once they are known. */
export function toFileRows(fragment: FragmentEntry, details: FragmentDetails | undefined): readonly FileRow[] {
  const largest = Math.max(1, ...(details?.files.flatMap(({ columns }) => columns.map(({ bytes }) => bytes)) ?? []))
  const detailsOf = new Map(details?.files.map((file) => [file.path, file]))
  return fragment.files.flatMap((file): readonly FileRow[] => {
    const { path } = file
    const found = detailsOf.get(path)
    const columns = found?.columns ?? []
    return [
      { kind: 'file', path, file, details: found },
      ...(found?.problem === undefined ? [] : [{ kind: 'problem', path, details: found } as const]),
      ...(columns.length > 0
        ? columns
            .toSorted((a, b) => b.bytes - a.bytes)
            .map((column): FileRow => ({ kind: 'column', path, column, largest }))
        : file.columns.map((name): FileRow => ({ kind: 'name', path, name }))),
    ]
  })
}

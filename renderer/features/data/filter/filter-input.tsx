import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { SchemaField } from '#shared/model/schema.ts'
import type { EditorOptions, FilterEditor } from '../editor/create-editor.ts'
import type { FilterProblem } from '../sql/lint.ts'
import styles from './filter-bar.module.css'
import type { FilterHelp } from './use-filter-help.ts'

export interface FilterInputHandle {
  focus(): void
  setText(text: string): void
}

export interface FilterInputProps {
  readonly text: string
  readonly schema: readonly SchemaField[]
  readonly help: FilterHelp
  readonly onChange: (text: string) => void
  readonly onSubmit: (text: string) => void
  /** Escape; absent leaves it to others. */
  readonly onRevert?: () => void
  readonly onProblems: (problems: readonly FilterProblem[]) => void
  readonly ref?: Ref<FilterInputHandle>
}

/** The SQL editor, fetched when first shown. Until then the filter stands there as plain text. */
export function FilterInput({ ref, ...props }: FilterInputProps) {
  const host = useRef<HTMLDivElement>(null)
  const editor = useRef<FilterEditor | null>(null)
  const latest = useRef(props)
  const isFocusWanted = useRef(false)
  const [isLoaded, setLoaded] = useState(false)
  useEffect(() => {
    latest.current = props
  })

  useEffect(() => {
    const place = host.current
    if (place === null) return undefined
    let isGone = false
    void import('../editor/create-editor.ts').then(({ createFilterEditor }) => {
      if (isGone) return
      editor.current = createFilterEditor(place, optionsFrom(latest))
      setLoaded(true)
      if (isFocusWanted.current) editor.current.focus()
    })
    return () => {
      isGone = true
      editor.current?.destroy()
      editor.current = null
    }
  }, [])

  useEffect(() => editor.current?.setText(props.text), [props.text])
  useImperativeHandle(ref, () => ({
    focus: () => {
      isFocusWanted.current = true
      editor.current?.focus()
    },
    setText: (text) => editor.current?.setText(text),
  }))

  return (
    <div className={styles.editor}>
      {!isLoaded && <span className={styles.waiting}>{props.text}</span>}
      <div ref={host} />
    </div>
  )
}

/** The editor lives as long as the bar; whatever it calls is the newest. */
function optionsFrom(latest: { readonly current: FilterInputProps }): EditorOptions {
  return {
    text: latest.current.text,
    label: 'Filter (SQL)',
    placeholder: 'Filter with SQL, such as  score > 0.8 AND label IN (…)',
    schema: () => latest.current.schema,
    values: (column) => latest.current.help.values(column),
    validate: (text) => latest.current.help.validate(text),
    onProblems: (problems) => latest.current.onProblems(problems),
    onChange: (text) => latest.current.onChange(text),
    onSubmit: (text) => latest.current.onSubmit(text),
    onRevert: () => {
      const { onRevert } = latest.current
      onRevert?.()
      return onRevert !== undefined
    },
  }
}

import { ChevronDown, ChevronRight } from 'lucide-react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { copyText } from '../clipboard.ts'
import { cx } from '../cx.ts'
import { type ExactValue, toJsonValue, toPlainText } from '#shared/model/arrow/index.ts'
import { formatCount } from '#shared/model/format.ts'
import tones from '../value-tones.module.css'
import styles from './tree-view.module.css'
import { childCount, CLOSED_TREE, type TreeLine, treeLines, withMore, withToggled } from './model.ts'
import { searchTree } from './search.ts'
import { nextTreeStep } from './tree-keys.ts'

export interface TreeViewProps {
  readonly root: ExactValue
  readonly label: string
  readonly search: string
  /** True grows with its place; otherwise it scrolls within a fixed height. */
  readonly isTall?: boolean
  /** Paths of nodes that start unfolded. */
  readonly opened?: readonly string[]
}

/** A nested value line by line. Arrow keys move and unfold, Ctrl+C copies the line's value. */
export function TreeView({ root, label, search, isTall = false, opened }: TreeViewProps) {
  const element = useRef<HTMLDivElement>(null)
  const [state, setState] = useState(opened === undefined ? CLOSED_TREE : { ...CLOSED_TREE, expanded: new Set(opened) })
  const [active, setActive] = useState('0')
  const found = useMemo(() => (search.trim() === '' ? null : searchTree(root, search.trim())), [root, search])
  const shown = useMemo(
    () =>
      found === null
        ? state
        : {
            expanded: new Set([...state.expanded, ...found.state.expanded]),
            shown: { ...state.shown, ...found.state.shown },
          },
    [found, state],
  )
  const lines = useMemo(() => treeLines(root, shown), [root, shown])
  const moved = useRef(false)
  useEffect(() => {
    if (!moved.current) return
    moved.current = false
    element.current?.querySelector<HTMLElement>(`[data-path="${active}"]`)?.focus()
  }, [active])

  const activate = (line: TreeLine): void => {
    setActive(line.path)
    if (line.kind === 'more') setState(withMore(state, line.parent))
    else if (line.expanded !== null) setState(withToggled(shown, line.path, !line.expanded))
  }
  const handleKey = (event: KeyboardEvent): void => {
    const line = lines.find((candidate) => candidate.path === active)
    if (line !== undefined && line.kind === 'value' && event.key === 'c' && (event.ctrlKey || event.metaKey)) {
      void copyText(textOf(line.value), line.label)
      return
    }
    const step = nextTreeStep(event.key, active, lines)
    if (step === null) return
    event.preventDefault()
    if (step.kind === 'move') {
      moved.current = true
      setActive(step.path)
    } else activate(step.line)
  }
  const focusable = lines.some((line) => line.path === active) ? active : lines[0]?.path
  return (
    <div
      ref={element}
      className={cx(styles.tree, isTall && styles.tall)}
      role="tree"
      aria-label={label}
      onKeyDown={handleKey}
    >
      {lines.map((line) => (
        <Line
          key={line.path}
          line={line}
          isMatch={found?.paths.has(line.path) ?? false}
          isFocusable={line.path === focusable}
          onActivate={() => activate(line)}
        />
      ))}
    </div>
  )
}

interface LineProps {
  readonly line: TreeLine
  readonly isMatch: boolean
  readonly isFocusable: boolean
  readonly onActivate: () => void
}

function Line({ line, isMatch, isFocusable, onActivate }: LineProps) {
  const common = {
    role: 'treeitem',
    'aria-level': line.level,
    tabIndex: isFocusable ? 0 : -1,
    'data-path': line.path,
    style: { paddingLeft: (line.level - 1) * 14 },
    onClick: onActivate,
  }
  if (line.kind === 'more') {
    return (
      <div {...common} className={cx(styles.line, styles.more)}>
        {formatCount(line.remaining)} more…
      </div>
    )
  }
  const expanded = line.expanded === null ? {} : { 'aria-expanded': line.expanded }
  return (
    <div
      {...common}
      {...expanded}
      className={cx(styles.line, isMatch && styles.match)}
      title={line.text.length > 60 ? line.text.slice(0, 300) : undefined}
    >
      <span className={styles.chevron}>
        {line.expanded === true && <ChevronDown aria-hidden />}
        {line.expanded === false && <ChevronRight aria-hidden />}
      </span>
      <span className={styles.label}>{line.label}</span>
      <span className={cx(styles.text, tones[line.tone])}>{line.text}</span>
      {line.note !== undefined && <span className={styles.note}>{line.note}</span>}
    </div>
  )
}

function textOf(value: ExactValue): string {
  return childCount(value) > 0 ? JSON.stringify(toJsonValue(value), null, 2) : toPlainText(value)
}

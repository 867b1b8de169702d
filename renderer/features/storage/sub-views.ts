import { useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { StorageClass } from '#shared/model/storage.ts'
import { onTabClosed, readSetting, showView, writeSetting } from '#renderer/features/workspace/index.ts'

/** The parts of the Storage view. */
export const SUB_VIEWS = ['disk', 'anatomy', 'cleanup', 'findings'] as const
export type SubView = (typeof SUB_VIEWS)[number]

export const SUB_VIEW_TITLES: Readonly<Record<SubView, string>> = {
  disk: 'Where did my disk go',
  anatomy: 'Anatomy',
  cleanup: 'Versions and cleanup',
  findings: 'Findings',
}

/** Classes of one tag or branch are told apart by their keeper. */
export interface ClassChoice {
  readonly class: StorageClass
  readonly keeper?: string
}

interface StorageViewState {
  readonly subView: SubView
  /** Class whose files are listed, by dataset; absent = all. */
  readonly classes: Readonly<Record<string, ClassChoice>>
  /** File shown in the anatomy, by dataset. */
  readonly files: Readonly<Record<string, string>>
}

/** What is chosen in the Storage view: another part, or a finding, may ask for a file to be shown. */
const store = createStore<StorageViewState>(() => ({ subView: 'disk', classes: {}, files: {} }))

const SETTING = 'storage.view'
let restored = false

export function useSubView(): SubView {
  useEffect(() => {
    if (restored) return
    restored = true
    void readSetting(SETTING).then((value) => {
      const known = SUB_VIEWS.find((id) => id === value)
      if (known !== undefined) store.setState({ subView: known })
    })
  }, [])
  return useStore(store, (state) => state.subView)
}

export function showSubView(subView: SubView): void {
  restored = true
  store.setState({ subView })
  void writeSetting(SETTING, subView)
}

export function useClassChoice(dataset: string): ClassChoice | undefined {
  return useStore(store, (state) => state.classes[dataset])
}

/** Lists the files of one class only; undefined lists all. */
export function chooseClass(dataset: string, choice: ClassChoice | undefined): void {
  store.setState((state) => ({ classes: withKey(state.classes, dataset, choice) }))
}

export function isSameClass(a: ClassChoice, b: ClassChoice | undefined): boolean {
  return a.class === b?.class && a.keeper === b.keeper
}

export function useChosenFile(dataset: string): string | undefined {
  return useStore(store, (state) => state.files[dataset])
}

export function chooseFile(dataset: string, path: string | undefined): void {
  store.setState((state) => ({ files: withKey(state.files, dataset, path) }))
}

/** Brings a file into sight in the directory tree, from anywhere in the window. */
export function showFile(dataset: string, path: string): void {
  chooseFile(dataset, path)
  showSubView('anatomy')
  showView(dataset, 'storage')
}

onTabClosed((dataset) => {
  chooseClass(dataset, undefined)
  chooseFile(dataset, undefined)
})

function withKey<T>(
  record: Readonly<Record<string, T>>,
  key: string,
  value: T | undefined,
): Readonly<Record<string, T>> {
  const rest = Object.fromEntries(Object.entries(record).filter(([other]) => other !== key))
  return value === undefined ? rest : { ...rest, [key]: value }
}

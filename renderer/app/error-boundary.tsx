import { Component, type ReactNode } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'

interface Props {
  /** What failed, as the sentence's subject: `The Data view`. */
  readonly place: string
  /** A change of this value gives the content another chance. */
  readonly resetKey?: string
  /** A second way on beside trying again. */
  readonly otherwise?: { readonly label: string; run(): void } | undefined
  readonly children: ReactNode
}

interface State {
  readonly message: string | null
  readonly resetKey: string | undefined
}

/** Keeps a mistake in one part of the window from blanking the rest. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { message: null, resetKey: this.props.resetKey }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { message: error instanceof Error ? error.message : String(error) }
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { message: null, resetKey: props.resetKey }
  }

  override render(): ReactNode {
    const { place, otherwise, children } = this.props
    const { message } = this.state
    if (message === null) return children
    return (
      <div role="alert">
        <EmptyState
          title={`${place} stopped working`}
          actions={
            <>
              <Button kind="primary" onClick={() => this.setState({ message: null })}>
                Show it again
              </Button>
              {otherwise !== undefined && <Button onClick={() => otherwise.run()}>{otherwise.label}</Button>}
              <Button onClick={() => location.reload()}>Reload the window</Button>
            </>
          }
        >
          Nothing in your datasets was touched. The reason was: {message}
        </EmptyState>
      </div>
    )
  }
}

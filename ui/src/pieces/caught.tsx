import { Component, type ReactNode } from 'react';
import { Faulty } from './faulty.tsx';

/**
 * What a page could not do is said in its place: a part that does not load (the daemon was renewed, and has it by another
 * name) or a fault of ours would else leave nothing at all. Only a class hears of it (React: error boundaries).
 */
export class Caught extends Component<{ children: ReactNode }, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? this.props.children : <Faulty error={error} again={() => location.reload()} />;
  }
}

import { Component, type ReactNode } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { isProblem, sentenceOf } from "../kit/problem.ts";

/** What is shown instead of a screen that failed: what happened, and a way on. */
export const Broken = ({ error, reset }: { error: unknown; reset?: () => void }) => {
  const { _ } = useLingui();
  const away = isProblem(error) && error.status === 0;
  return (
    <main className="empty" role="alert">
      <h1 className="h">{away ? _("The server cannot be reached") : _("This screen could not be shown")}</h1>
      <p>
        <bdi>{sentenceOf(error)}</bdi>
      </p>
      <div className="line">
        <Button onClick={() => (reset ? reset() : location.reload())}>{_("Try again")}</Button>
        <Button variant="default" component="a" href="/">
          {_("Go home")}
        </Button>
      </div>
    </main>
  );
};

/** What an unknown address shows. */
export const NotFound = () => {
  const { _ } = useLingui();
  return (
    <main className="empty">
      <h1 className="h">{_("There is nothing at this address")}</h1>
      <p>{_("It may have been moved to the trash, or the link is not whole.")}</p>
      <Link to="/" className="link">
        {_("Go home")}
      </Link>
    </main>
  );
};

/** Keeps the rest of the screen standing when a part of it fails; a class because React offers this to classes only. */
export class Catch extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };
  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }
  override render(): ReactNode {
    return this.state.error === undefined ? (
      this.props.children
    ) : (
      <Broken error={this.state.error} reset={() => location.reload()} />
    );
  }
}

import { Anchor, type AnchorProps, NavLink, type NavLinkProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, Ref } from "react";

interface Props
  extends AnchorProps, Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps> {
  ref?: Ref<HTMLAnchorElement>;
}

/** A link to a page of ours: `<AppLink to="/work/$task" params={{ task }}>`. */
export const AppLink = createLink(function AppLink(props: Props) {
  return <Anchor {...props} />;
});

/** A line of a list of pages, marked where one is. */
export const AppNavLink = createLink(function AppNavLink(
  props: NavLinkProps & { ref?: Ref<HTMLAnchorElement> },
) {
  return <NavLink {...props} />;
});

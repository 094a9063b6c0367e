import { Anchor, type AnchorProps } from "@mantine/core";
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

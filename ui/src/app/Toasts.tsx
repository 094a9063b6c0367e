import "@mantine/notifications/styles.css";
import { Notifications } from "@mantine/notifications";

/** Where short messages appear; it comes after the page, which does not wait for it. */
export default function Toasts() {
  return <Notifications position="top-center" limit={4} />;
}

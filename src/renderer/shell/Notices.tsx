import { Notifications } from '@mantine/notifications';

/** Where short notices appear; no part of what the page loads first. */
export const Notices = () => <Notifications position="bottom-right" autoClose={4000} />;

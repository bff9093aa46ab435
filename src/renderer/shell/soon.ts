/** What stands on the page without being drawn first: menus, notices, the palette. In one file, which is asked for once. */
export { Hints } from '../common/Hints';
export { JobsLine } from '../jobs/JobsLine';
export { Notices } from './Notices';
export { OpenViews } from './OpenViews';
export { Palette } from './Palette';
export { SideTools } from './SideTools';
export { TabMenu } from './TabMenu';

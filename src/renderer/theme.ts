import {
  Alert,
  Button,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Modal,
  Notification,
  PasswordInput,
  Select,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { themeQuartz } from 'ag-grid-community';

const desk: MantineColorsTuple = [
  '#f0eeff',
  '#dcd8fb',
  '#b6adf3',
  '#8e80ec',
  '#6d5ae6',
  '#5842e2',
  '#4d36e1',
  '#3f29c8',
  '#3724b3',
  '#2d1d9e',
];

/** One place for the look: dense, quiet, aligned. */
export const theme = createTheme({
  primaryColor: 'desk',
  colors: { desk },
  primaryShade: { light: 6, dark: 4 },
  fontFamily:
    'Inter, "Segoe UI", system-ui, -apple-system, "Noto Sans", "Noto Sans CJK KR", "Noto Sans CJK JP", sans-serif',
  fontFamilyMonospace: '"JetBrains Mono", "SF Mono", Consolas, "Liberation Mono", monospace',
  defaultRadius: 'sm',
  autoContrast: true,
  luminanceThreshold: 0.4,
  components: {
    Alert: Alert.extend({ styles: { label: { color: 'var(--desk-text)' } } }),
    Button: Button.extend({ defaultProps: { size: 'xs', fw: 500 } }),
    Notification: Notification.extend({ styles: { description: { color: 'var(--desk-text)' } } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { size: 'xs' } }),
    Select: Select.extend({ defaultProps: { size: 'xs', comboboxProps: { shadow: 'md' } } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, radius: 'md', transitionProps: { duration: 100 } },
    }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, fz: 'xs', withArrow: true } }),
  },
});

/** Secondary text in our own greys: Mantine's are too faint for small print. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5f6672',
    '--mantine-color-placeholder': '#6b7280',
    '--mantine-color-error': '#c02626',
  },
  dark: {
    '--mantine-color-dimmed': '#9aa0ab',
    '--mantine-color-placeholder': '#9097a3',
    '--mantine-color-error': '#ff8a87',
    '--mantine-color-red-light-color': '#ff8a87',
    '--mantine-color-anchor': '#a79df2',
  },
});

/** Height of a grid's rows by density, px. */
export const rowHeights = { compact: 24, normal: 28, relaxed: 36 } as const;

const shared = {
  fontFamily: 'inherit',
  fontSize: 12.5,
  rowHeight: rowHeights.normal,
  headerHeight: 30,
  headerFontSize: 12,
  headerFontWeight: 600,
  cellHorizontalPadding: 10,
  borderRadius: 0,
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  columnBorder: false,
  spacing: 5,
  iconSize: 13,
} as const;

/** The grid in the colours of the shell, both themes. */
export const gridTheme = themeQuartz
  .withParams(
    {
      ...shared,
      backgroundColor: '#ffffff',
      foregroundColor: '#1f2329',
      headerBackgroundColor: '#f7f8fa',
      headerTextColor: '#545b66',
      borderColor: '#e6e8ec',
      rowBorder: { color: '#f0f1f4' },
      rowHoverColor: '#f5f4ff',
      selectedRowBackgroundColor: '#eceaff',
      accentColor: '#4d36e1',
    },
    'light',
  )
  .withParams(
    {
      ...shared,
      backgroundColor: '#17181c',
      foregroundColor: '#d7d9de',
      headerBackgroundColor: '#1e2026',
      headerTextColor: '#9aa0ab',
      borderColor: '#2b2e36',
      rowBorder: { color: '#22242b' },
      rowHoverColor: '#20222d',
      selectedRowBackgroundColor: '#2a2750',
      accentColor: '#8e80ec',
    },
    'dark',
  );

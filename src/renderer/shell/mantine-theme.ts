import {
  Alert,
  Button,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type ModalProps,
  type NotificationProps,
  type PasswordInputProps,
  type SelectProps,
  type TextInputProps,
  type TooltipProps,
} from '@mantine/core';
import { leavingDialog } from '../common/above';

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

/** Options that continue below the visible part: the list itself scrolls, as who reads a screen aloud goes through it by its box. */
const optionList = { options: { maxHeight: 220, overflowY: 'auto' } } satisfies SelectProps['styles'];

/** One place for the look: dense, quiet, aligned. */
export const theme = createTheme({
  primaryColor: 'desk',
  colors: { desk },
  primaryShade: { light: 6, dark: 4 },
  fontFamily:
    'Inter, "Segoe UI", system-ui, -apple-system, "Noto Sans", "Noto Sans CJK KR", "Noto Sans CJK JP", sans-serif',
  fontFamilyMonospace: '"JetBrains Mono", "SF Mono", Consolas, "Liberation Mono", monospace',
  // All sizes of text there are. `row`: grids and what is as dense as they are; `sm`: the page's own.
  fontSizes: {
    tiny: '11.5px',
    xs: '12px',
    row: '12.5px',
    sm: '13px',
    md: '15px',
    lg: '18px',
    xl: '24px',
  },
  // All distances there are, within things and between them.
  spacing: {
    '5xs': '2px',
    '4xs': '4px',
    '3xs': '6px',
    '2xs': '8px',
    xs: '10px',
    sm: '12px',
    md: '16px',
    lg: '24px',
    xl: '32px',
  },
  defaultRadius: 'sm',
  autoContrast: true,
  respectReducedMotion: true,
  luminanceThreshold: 0.4,
  components: {
    Alert: Alert.extend({ styles: { label: { color: 'var(--desk-text)' } } }),
    Button: Button.extend({ defaultProps: { size: 'xs', fw: 500 } }),
    // Said as values: `extend` of these would bring fields and dialogs into what the page loads first.
    Notification: {
      styles: { description: { color: 'var(--desk-text)' } } satisfies NotificationProps['styles'],
    },
    TextInput: { defaultProps: { size: 'xs' } satisfies Partial<TextInputProps> },
    PasswordInput: { defaultProps: { size: 'xs' } satisfies Partial<PasswordInputProps> },
    Select: {
      defaultProps: {
        size: 'xs',
        comboboxProps: { shadow: 'md' },
        withScrollArea: false,
      } satisfies Partial<SelectProps>,
      styles: optionList,
    },
    // A list that opens with the focus lies over what comes next, also where a dialog gives the focus back to its box.
    MultiSelect: { defaultProps: { withScrollArea: false, openOnFocus: false }, styles: optionList },
    Autocomplete: { defaultProps: { withScrollArea: false }, styles: optionList },
    Modal: {
      defaultProps: {
        // It hangs from its upper edge: where more comes below, nothing above moves under the mouse.
        yOffset: '6dvh',
        radius: 'md',
        transitionProps: { duration: 100 },
        // A dialog's head is not a banner of the page, of which there is one.
        attributes: { header: { role: 'presentation' } },
      } satisfies Partial<ModalProps>,
      classNames: ((_, { opened }) => ({
        content: opened ? undefined : leavingDialog,
      })) satisfies ModalProps['classNames'],
    },
    Tooltip: {
      defaultProps: { openDelay: 400, fz: 'xs', withArrow: true } satisfies Partial<TooltipProps>,
    },
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

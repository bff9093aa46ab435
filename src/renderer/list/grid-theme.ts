import { themeQuartz } from 'ag-grid-community';

/** Height of a grid's rows by density, px. */
export const rowHeights = { compact: 24, normal: 28, relaxed: 36 } as const;

/** Sizes, which no theme of the window changes: the grid knows them before it is told which that is. */
const sizes = {
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
const gridTheme = themeQuartz
  .withParams(sizes)
  .withParams(
    {
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

const themes = {
  compact: gridTheme.withParams({ rowHeight: rowHeights.compact }),
  normal: gridTheme,
  relaxed: gridTheme.withParams({ rowHeight: rowHeights.relaxed }),
} as const;

export type Density = keyof typeof rowHeights;

/**
 * What a grid is told of its look, by density. Themes are made once, as a grid takes every new object for another look. The
 * height is told besides: a grid measures the theme's a while after it was given that, and only where it is seen.
 */
export const lookOf = (density: Density) => ({ theme: themes[density], rowHeight: rowHeights[density] });

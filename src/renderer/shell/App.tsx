import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { I18nextProvider } from 'react-i18next';
import { arriving } from '../common/arriving';
import { Guarded } from '../common/Guarded';
import { phrases } from '../i18n';
import { queries } from '../state/queries';
import { cssVariables, theme } from './mantine-theme';
import { Shell } from './Shell';
import { Unasked } from './Unasked';

/** What is told before it is there waits for it. */
const Notices = arriving(async () => (await import('./soon')).Notices);
/** Nobody rests on anything before it is drawn. */
const Hints = arriving(async () => (await import('./soon')).Hints);

export const App = () => (
  <I18nextProvider i18n={phrases}>
    <QueryClientProvider client={queries}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <Guarded>
          <Unasked>
            <Notices />
          </Unasked>
          <Shell />
          <Unasked>
            <Hints />
          </Unasked>
        </Guarded>
      </MantineProvider>
    </QueryClientProvider>
  </I18nextProvider>
);

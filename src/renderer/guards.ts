import { z } from 'zod';

// Has to run before any other module: zod would try `new Function` at the first schema, which the policy forbids.
z.config({ jitless: true });

type TrustedTypes = {
  createPolicy(name: string, rules: { createHTML(html: string): string }): unknown;
};

/** Markup that could load or run something. Mantine's styles and the grid's own templates have none of it. */
const active =
  /<\s*(?:script|iframe|object|embed|link|meta|base|form|img|image|video|audio|svg|math)\b|\bon\w+\s*=|javascript:/i;

/**
 * Text becomes markup only here (the policy demands trusted types, and allows this one). Scripts never come from text:
 * there is no rule for them, so the browser refuses.
 */
const { trustedTypes } = window as { trustedTypes?: TrustedTypes };
trustedTypes?.createPolicy('default', {
  createHTML: (html) => {
    if (active.test(html)) throw new TypeError('This markup is refused');
    return html;
  },
});
